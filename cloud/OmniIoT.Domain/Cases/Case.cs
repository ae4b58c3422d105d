using System.Text.Json.Serialization;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Desk.Sla;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Cases;

public enum CaseStatus
{
    Open,
    Pending,
    Verifying,
    Resolved,
    Closed,
}

public enum CaseOpener
{
    Device,
    Agent,
    Customer,
    Rule,
}

public enum CasePriority
{
    Low,
    Normal,
    High,
    Urgent,
}

/// <summary>
/// One piece of work for support. A device has at most one that is not resolved or closed; its later alarms join it.
/// <see cref="Version"/> rises by one with every change and is the entity tag.
/// </summary>
public sealed record Case
{
    public required string Id { get; init; }

    public required long Number { get; init; }

    public required string? CustomerId { get; init; }

    public required string? DeviceId { get; init; }

    public required IReadOnlyList<string> AlarmIds { get; init; }

    public required string Title { get; init; }

    public required CaseStatus Status { get; init; }

    public required CasePriority Priority { get; init; }

    public required string Queue { get; init; }

    public required string? Assignee { get; init; }

    public required CaseOpener OpenedBy { get; init; }

    public required Instant OpenedAt { get; init; }

    public required Instant FirstSymptomAt { get; init; }

    public required Instant? ResolvedAt { get; init; }

    public required int ReopenedCount { get; init; }

    public required SlaClock Sla { get; init; }

    /// <summary>How it waits for an agent.</summary>
    [Inner]
    public RoutingState Routing { get; init; } = new();

    /// <summary>The model of its device when it was opened; null: there is none, or it was opened before that was kept.</summary>
    [Inner]
    public string? Model { get; init; }

    /// <summary>By which it first came: <c>device</c>, or that of its customer's first words; null: not known.</summary>
    [Inner]
    public string? Channel { get; init; }

    /// <summary>Whether its customer said something of it.</summary>
    [Inner]
    public bool IsAsked { get; init; }

    /// <summary>Whether a device or a rule opened it, so that nobody had to say anything.</summary>
    [JsonIgnore]
    public bool IsBySelf => DeviceId is not null && OpenedBy is (CaseOpener.Device or CaseOpener.Rule);

    /// <summary>The last deeds of triggers and macros that came by letter.</summary>
    [Inner]
    public IReadOnlyList<string> Deeds { get; init; } = [];

    public required string? Resolution { get; init; }

    public required string? Article { get; init; }

    public required Instant UpdatedAt { get; init; }

    public required int Version { get; init; }

    /// <summary>The case without the words that templates and people gave it, which may name its customer.</summary>
    public Case Anonymous() => this with { CustomerId = null, Title = Unnamed.English(), Resolution = null };

    /// <summary>The title as kind and values, where it is the platform's own; null where a person or a model gave it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Sentence? TitleSays =>
        Title == Unnamed.English() ? Unnamed
        : Title == FollowUpTitle ? Sentence.Of(SentenceKinds.CaseFollowUp)
        : null;

    /// <summary>Of a case that a low score opened.</summary>
    public static string FollowUpTitle { get; } = Sentence.Of(SentenceKinds.CaseFollowUp).English();

    private Sentence Unnamed => Sentence.Of(SentenceKinds.CaseUnnamed, ("number", Number));

    /// <summary>
    /// Whose grain decides on it: its device's, its customer's when there is none, that of its own id where an erasure left neither.
    /// </summary>
    [JsonIgnore]
    public EntityId Owner => DeviceId is { } device ? EntityId.Device(device) : EntityId.Customer(CustomerId ?? Id);

    /// <summary>Since when it waits for the router to find it an agent; null: it does not.</summary>
    [JsonIgnore]
    public Instant? WaitingSince => Status is CaseStatus.Open && Assignee is null && !Routing.ByHand ? Routing.QueuedAt ?? OpenedAt : null;

    /// <summary>Since when its assignee has it and was not heard; null: there is nothing to be heard of.</summary>
    [JsonIgnore]
    public Instant? OfferedAt => Status is CaseStatus.Open && Assignee is not null ? Routing.OfferedAt : null;

    /// <summary>Whether later alarms of the device still join this case.</summary>
    public bool IsUnresolved => Status is CaseStatus.Open or CaseStatus.Pending or CaseStatus.Verifying;
}
