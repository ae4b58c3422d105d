using System.Text.Json.Nodes;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.TestKit.Storage;

/// <summary>Records to store, with every field set.</summary>
public static class Samples
{
    /// <summary>2026-11-22T01:33:00Z.</summary>
    public static Instant Start { get; } = new(1_795_311_180_000);

    public static Instant At(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    public static DeviceRegistration Device(
        string id,
        string model = "washer-w2",
        string? customerId = null,
        string? siteId = null,
        string? name = null
    ) => new(id, model, customerId, siteId, name, Start, 1);

    public static Alarm Alarm(
        string id,
        double raisedAt = 0,
        string deviceId = "press-7",
        Severity severity = Severity.Major,
        bool cleared = false,
        string? caseId = null,
        string? customerId = null
    ) =>
        new(
            id,
            deviceId,
            "overheat",
            severity,
            At(raisedAt),
            At(raisedAt - 30),
            81.5,
            customerId,
            caseId,
            cleared ? At(raisedAt + 60) : null
        )
        {
            Threshold = new AlarmThreshold("temperature", ">", 80),
        };

    public static Case Case(
        string id,
        long number,
        string? customerId = null,
        string? deviceId = null,
        CaseStatus status = CaseStatus.Open,
        string? assignee = null,
        string queue = "washers",
        CasePriority priority = CasePriority.High,
        string title = "Runs hot"
    ) =>
        new(
            id,
            number,
            customerId,
            deviceId,
            ["a1", "a2"],
            title,
            status,
            priority,
            queue,
            assignee,
            CaseOpener.Device,
            Start,
            At(-30),
            null,
            0,
            new CaseSla(At(900), At(86_400)),
            null,
            "washer-hot",
            Start,
            1
        );

    public static TimelineEntry Entry(
        string id,
        string customerId = "c1",
        double at = 0,
        string kind = TimelineKind.NoteAdded,
        string channel = "console",
        string? caseId = null,
        string? deviceId = null
    ) =>
        new(
            id,
            customerId,
            At(at),
            At(at + 1),
            kind,
            channel,
            TimelineDirection.Internal,
            "agent:aygun",
            "Noted",
            "Şənbə günü zəng et",
            new TimelineRefs(CaseId: caseId, DeviceId: deviceId),
            new JsonObject { ["stars"] = 5 }
        );

    public static DeviceCommand Command(string id, string deviceId = "press-7", double at = 0) =>
        new(id, deviceId, "restart", new JsonObject { ["hard"] = true }, CommandStatus.Queued, "agent:aygun", At(at), At(at + 60));

    public static DeviceMessage DeviceMessage(string id, string deviceId = "press-7", double at = 0) =>
        new(
            id,
            deviceId,
            JsonValue.Create("hello"),
            new Dictionary<string, string> { ["level"] = "high" },
            DeviceMessageStatus.Queued,
            "agent:aygun",
            At(at),
            At(at + 60)
        );

    public static Downlink Downlink(string id, EntityId? target = null) =>
        new(
            id,
            target ?? EntityId.Device("press-7"),
            "devices/press-7/commands/k1/request",
            [1, 2, 0, 255],
            false,
            "command:k1",
            Start,
            At(60)
        );

    public static Customer Customer(string id, string? name = "Leyla", params Identity[] identities) =>
        new(id, name, "az", "Asia/Baku", ["vip"], new Consent(Location: true, Offers: true), identities, Start, 1);

    public static Merge Merge(string id, string into) =>
        new(id, into, Start, new MergeGain("Leyla", null, "Asia/Baku", ["vip"], [new Identity("email", "leyla@example.com")]));

    public static Visit Visit(string id, string customerId = "c1", double enteredAt = 0, double? exitedAt = null) =>
        new(id, customerId, "mall", "bar-1", null, At(enteredAt), exitedAt is { } exited ? At(exited) : null);

    public static Offer Offer(
        string id,
        string customerId = "c1",
        OfferState state = OfferState.Sent,
        double sentAt = 0,
        string campaignId = "espresso"
    ) => new(id, campaignId, customerId, "mall", "Hello", "20 % off", "K7Q2", At(sentAt), At(sentAt + 7_200), state);

    public static RecordedDecision Decision(string id, OfferReason reason, double at = 0, string campaignId = "espresso") =>
        new(
            id,
            At(at),
            campaignId,
            "bar-1",
            reason is OfferReason.Sent ? OfferOutcome.Sent : OfferOutcome.Refused,
            reason,
            null,
            new JsonObject { ["localHour"] = 22 }
        );

    public static Conversation Conversation(
        string id,
        string customerId = "c1",
        double lastMessageAt = 0,
        ConversationStatus status = ConversationStatus.Open,
        string queue = "support"
    ) => new(id, customerId, "webchat", status, queue, null, "Leaks", "washer-1", Start, At(lastMessageAt), 1);

    public static ConversationMessage Message(string id, string conversationId = "t1", double at = 0, string text = "Salam") =>
        new(id, conversationId, At(at), TimelineDirection.In, "customer:c1", text, MessageState.Received);

    public static DeadLetter DeadLetter(string id, double at = 0, string principal = "device:press-7") =>
        new(id, At(at), "devices/press-7/telemetry", principal, DeadLetterReason.WrongShape, "an array was expected", [123, 0, 255]);

    /// <summary>Bytes that differ by seed, none of which is text.</summary>
    public static byte[] Bytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
