using System.Text.Json.Serialization;
using OmniIoT.Devices.Time;
using OmniIoT.Devices.Topics;
using OmniIoT.Domain.Answers.Models;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Voice;

namespace OmniIoT.Domain.Delivery;

/// <summary>What one grain tells another, found by what it says; it waits in storage until it is handled.</summary>
/// <param name="Id">Key, orders by time.</param>
public sealed record GrainLetter(string Id, LetterContent Content);

/// <summary>What a letter says. It may come twice, so what it causes must be keyed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "about")]
[JsonDerivedType(typeof(TagSighted), "tagSighted")]
[JsonDerivedType(typeof(CustomerAnswered), "customerAnswered")]
[JsonDerivedType(typeof(CustomerAsked), "customerAsked")]
[JsonDerivedType(typeof(NoticeDue), "noticeDue")]
[JsonDerivedType(typeof(ConsentWithdrawn), "consentWithdrawn")]
[JsonDerivedType(typeof(OfferReceived), "offerReceived")]
[JsonDerivedType(typeof(ActionsDue), "actionsDue")]
[JsonDerivedType(typeof(CaseEnded), "caseEnded")]
[JsonDerivedType(typeof(CallBackHandedOn), "callBackHandedOn")]
[JsonDerivedType(typeof(ModelAsked), "modelAsked")]
public abstract record LetterContent
{
    /// <summary>Letters of one target are handled in their order.</summary>
    [JsonIgnore]
    public abstract string Target { get; }

    /// <summary>Whom a letter that is given up concerns.</summary>
    [JsonIgnore]
    public abstract EntityId Principal { get; }

    /// <summary>The topic whose message it came from or was to become.</summary>
    [JsonIgnore]
    public abstract string Topic { get; }
}

/// <summary>A scanner in a store heard a tag; the customers with the identity <c>tag</c> of this value carry it.</summary>
public sealed record TagSighted(string ScannerId, string SiteId, string Tag, Instant At, Instant ReceivedAt, double RssiDbm) : LetterContent
{
    /// <summary>False when <see cref="At"/> is the arrival: then another of the same moment is another, not the same once more.</summary>
    public bool IsTimed { get; init; } = true;

    public override string Target => Tag;

    public override EntityId Principal => EntityId.Device(ScannerId);

    public override string Topic => $"devices/{ScannerId}/sightings";
}

/// <summary>A person of the company answered the customer in a conversation that is about a case.</summary>
public sealed record CustomerAnswered(string CustomerId, string CaseId, Instant At) : LetterContent
{
    public override string Target => CaseId;

    public override EntityId Principal => EntityId.Customer(CustomerId);

    public override string Topic => PlatformTopics.Messages(CustomerId);
}

/// <summary>The customer said something in a conversation that is about a case.</summary>
public sealed record CustomerAsked(string CustomerId, string CaseId, Instant At) : LetterContent
{
    /// <summary>By which; null where it was written before that was told.</summary>
    public string? Channel { get; init; }

    public override string Target => CaseId;

    public override EntityId Principal => EntityId.Customer(CustomerId);

    public override string Topic => PlatformTopics.Messages(CustomerId);
}

/// <summary>An alarm of a device is to be told to its owner, who may have heard of its like from another device.</summary>
/// <param name="At">When it was raised, in device time.</param>
/// <param name="Text">What they are told, ready to be read.</param>
public sealed record NoticeDue(
    string CustomerId,
    string DeviceId,
    string AlarmId,
    string AlarmType,
    string? CaseId,
    Instant At,
    string Text
) : LetterContent
{
    /// <summary>When the device first showed it; null where it was written before that was told.</summary>
    public Instant? FirstSymptomAt { get; init; }

    /// <summary>The device's.</summary>
    public string? Model { get; init; }

    public override string Target => CustomerId;

    public override EntityId Principal => EntityId.Customer(CustomerId);

    public override string Topic => PlatformTopics.Messages(CustomerId);
}

/// <summary>A customer who is part of a person asked to be left alone; who answers for the person holds what they allow.</summary>
/// <param name="Kind"><c>email</c> or <c>sms</c>.</param>
public sealed record ConsentWithdrawn(string CustomerId, string Kind) : LetterContent
{
    public override string Target => CustomerId;

    public override EntityId Principal => EntityId.Customer(CustomerId);

    public override string Topic => PlatformTopics.Messages(CustomerId);
}

/// <summary>An app acknowledged an offer that was made to another of the customers who are one person with its own.</summary>
public sealed record OfferReceived(string CustomerId, string OfferId) : LetterContent
{
    public override string Target => OfferId;

    public override EntityId Principal => EntityId.Customer(CustomerId);

    public override string Topic => PlatformTopics.Offers(CustomerId);
}

/// <summary>A case of the customer's was resolved: they may be asked how it went.</summary>
/// <param name="At">When.</param>
/// <param name="Of">With the case.</param>
public sealed record CaseEnded(string CustomerId, Instant At, SurveySubject Of) : LetterContent
{
    public override string Target => CustomerId;

    public override EntityId Principal => EntityId.Customer(CustomerId);

    public override string Topic => PlatformTopics.Messages(CustomerId);
}

/// <summary>A promised call whose conversation was merged into one of another customer who is the same person: it is theirs to keep.</summary>
/// <param name="CallBack">With the conversation that goes on.</param>
public sealed record CallBackHandedOn(string CustomerId, CallBack CallBack) : LetterContent
{
    public override string Target => CallBack.ConversationId;

    public override EntityId Principal => EntityId.Customer(CustomerId);

    public override string Topic => PlatformTopics.Messages(CustomerId);
}

/// <summary>What a trigger, or the part of a macro that is another's to do, wants done.</summary>
/// <param name="Key">Names the deed, which is done once however often the letter comes.</param>
/// <param name="CustomerId">Null: a case of nobody.</param>
public sealed record ActionsDue(string Key, string Actor, string? CustomerId, IReadOnlyList<DeskAction> Actions) : LetterContent
{
    /// <summary>Null: it is about a case only.</summary>
    public string? ConversationId { get; init; }

    public string? CaseId { get; init; }

    /// <summary>Where commands go.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The conversation that is told what a device would not do, where there is no case to tell; null: none.</summary>
    public string? ToldIn { get; init; }

    public override string Target => ConversationId ?? CaseId ?? DeviceId ?? CustomerId ?? "";

    public override EntityId Principal => CustomerId is { } customer ? EntityId.Customer(customer) : EntityId.Device(DeviceId ?? Target);

    public override string Topic => PlatformTopics.Messages(CustomerId ?? Target);
}
