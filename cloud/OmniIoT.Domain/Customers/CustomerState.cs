using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Telemetry;
using OmniIoT.Domain.Voice;

namespace OmniIoT.Domain.Customers;

/// <summary>All that a customer's grain remembers.</summary>
public sealed class CustomerState
{
    public CustomerState(CustomerMemory facts, VisitState visits)
    {
        Facts = facts;
        Visits = visits;
    }

    public CustomerMemory Facts { get; set; }

    public VisitState Visits { get; set; }

    /// <summary>Length and JSON of the visits, then JSON of the rest.</summary>
    public void Write(ArrayBufferWriter<byte> output)
    {
        byte[] visits = VisitJson.Write(Visits);
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), visits.Length);
        output.Advance(sizeof(int));
        output.Write(visits);
        output.Write(JsonSerializer.SerializeToUtf8Bytes(Facts, OmniJson.Options));
    }

    /// <exception cref="InvalidDataException">The bytes are not a snapshot of a customer.</exception>
    public static CustomerState Read(ReadOnlySpan<byte> snapshot)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(Packed.Take(ref snapshot, sizeof(int)));
        VisitState visits = VisitJson.Read(Packed.Take(ref snapshot, length));
        CustomerMemory facts =
            JsonSerializer.Deserialize<CustomerMemory>(snapshot, OmniJson.Options)
            ?? throw new InvalidDataException("The snapshot has no facts.");
        return new CustomerState(facts, visits);
    }
}

/// <summary>The part of a customer's state that is no place.</summary>
public sealed record CustomerMemory
{
    public required Customer Customer { get; init; }

    /// <summary>Whether the customer might be located when their place was last looked at; null when it never was.</summary>
    public bool? WasLocatable { get; init; }

    /// <summary>The last answer to a survey was bad.</summary>
    public bool IsDissatisfied { get; init; }

    /// <summary>When that answer was given; null: at some time.</summary>
    public Instant? AnsweredAt { get; init; }

    /// <summary>Offers sent before, as far back as a cap or cooldown looks.</summary>
    public IReadOnlyList<PastOffer> History { get; init; } = [];

    /// <summary>Offers that can still become something else.</summary>
    public IReadOnlyList<Offer> Offers { get; init; } = [];

    /// <summary>What they were told of alarms lately; see <see cref="NoticeGiven.Rest"/>.</summary>
    public IReadOnlyList<NoticeGiven> Notices { get; init; } = [];

    /// <summary>The conversation that is not closed; only earlier versions kept more than one.</summary>
    public IReadOnlyList<Conversation> Conversations { get; init; } = [];

    /// <summary>The one that was closed last: it may open again.</summary>
    public Conversation? Closed { get; init; }

    /// <summary>Where they wrote, one of a channel.</summary>
    public IReadOnlyList<ChannelContact> Contacts { get; init; } = [];

    /// <summary>Calls that go on, and the last that were over.</summary>
    public IReadOnlyList<CallState> Calls { get; init; } = [];

    /// <summary>Promises to call back, the newest last.</summary>
    public IReadOnlyList<CallBack> CallBacks { get; init; } = [];

    /// <summary>What they bought lately, the newest last.</summary>
    public IReadOnlyList<PastPurchase> Purchases { get; init; } = [];

    /// <summary>Surveys that are to be sent.</summary>
    public IReadOnlyList<SurveyDue> SurveysDue { get; init; } = [];

    /// <summary>Surveys that were sent, and can still be answered; the newest last.</summary>
    public IReadOnlyList<SurveyRequest> Surveys { get; init; } = [];

    /// <summary>When they were last sent one; null: never.</summary>
    public Instant? LastSurveyAt { get; init; }

    /// <summary>The last case that a low score of theirs opened; null: none did.</summary>
    public string? FollowUpCaseId { get; init; }

    /// <summary>Browsers that may be told things, the newest last.</summary>
    public IReadOnlyList<PushSubscription> Push { get; init; } = [];

    /// <summary>Addresses from which messages came back, until they write from them.</summary>
    public IReadOnlyList<Identity> Bounced { get; init; } = [];
}
