using System.Text.Json.Serialization;
using OmniIoT.Devices.Time;
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

    public required CaseSla Sla { get; init; }

    public required string? Resolution { get; init; }

    public required string? Article { get; init; }

    public required Instant UpdatedAt { get; init; }

    public required int Version { get; init; }

    /// <summary>The case without the words that templates and people gave it, which may name its customer.</summary>
    public Case Anonymous() => this with { CustomerId = null, Title = Unnamed.English(), Resolution = null };

    /// <summary>The title as kind and values, where it is the platform's own; null where a person or a model gave it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Sentence? TitleSays => Title == Unnamed.English() ? Unnamed : null;

    private Sentence Unnamed => Sentence.Of(SentenceKinds.CaseUnnamed, ("number", Number));

    /// <summary>
    /// Whose grain decides on it: its device's, its customer's when there is none, that of its own id where an erasure left neither.
    /// </summary>
    [JsonIgnore]
    public EntityId Owner => DeviceId is { } device ? EntityId.Device(device) : EntityId.Customer(CustomerId ?? Id);

    /// <summary>Whether later alarms of the device still join this case.</summary>
    public bool IsUnresolved => Status is CaseStatus.Open or CaseStatus.Pending or CaseStatus.Verifying;
}

/// <summary>
/// When an agent must have answered first and when it must be solved, counted from the first symptom without the time in which it was
/// pending.
/// </summary>
/// <param name="FirstRespondedAt">When a person of the company first answered the customer; null while nobody did.</param>
/// <param name="PausedAt">Since when the case is pending; null while the clock runs.</param>
/// <param name="PausedMilliseconds">How long it was pending before.</param>
public sealed record CaseSla(
    Instant FirstResponseDueAt,
    Instant ResolutionDueAt,
    Instant? FirstRespondedAt = null,
    Instant? PausedAt = null,
    long PausedMilliseconds = 0
)
{
    /// <summary>The clock as it stands for a case of a status.</summary>
    public CaseSla In(CaseStatus status, Instant now) =>
        status is CaseStatus.Pending ? this with { PausedAt = PausedAt ?? now } : Resume(now);

    /// <summary>By another reckoning, with what happened so far.</summary>
    public CaseSla Renew(CaseSla reckoning) =>
        reckoning.Delay(TimeSpan.FromMilliseconds(PausedMilliseconds)) with
        {
            FirstRespondedAt = FirstRespondedAt,
            PausedAt = PausedAt,
        };

    private CaseSla Resume(Instant now) => PausedAt is { } since ? Delay(now - since) with { PausedAt = null } : this;

    private CaseSla Delay(TimeSpan by) =>
        this with
        {
            FirstResponseDueAt = FirstResponseDueAt + by,
            ResolutionDueAt = ResolutionDueAt + by,
            PausedMilliseconds = PausedMilliseconds + (long)by.TotalMilliseconds,
        };

    /// <summary>What is due by another reckoning, where that is earlier.</summary>
    public CaseSla Tighten(CaseSla other) =>
        this with
        {
            FirstResponseDueAt = Instant.Min(FirstResponseDueAt, other.FirstResponseDueAt),
            ResolutionDueAt = Instant.Min(ResolutionDueAt, other.ResolutionDueAt),
        };
}
