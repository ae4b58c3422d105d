using OmniIoT.Devices;

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
public sealed record Case(
    string Id,
    long Number,
    string? CustomerId,
    string? DeviceId,
    IReadOnlyList<string> AlarmIds,
    string Title,
    CaseStatus Status,
    CasePriority Priority,
    string Queue,
    string? Assignee,
    CaseOpener OpenedBy,
    Instant OpenedAt,
    Instant FirstSymptomAt,
    Instant? ResolvedAt,
    int ReopenedCount,
    CaseSla Sla,
    string? Resolution,
    string? Article,
    Instant UpdatedAt,
    int Version
)
{
    /// <summary>Whether later alarms of the device still join this case.</summary>
    public bool IsUnresolved =>
        Status is CaseStatus.Open or CaseStatus.Pending or CaseStatus.Verifying;
}

/// <summary>When an agent must have answered first and when it must be solved, counted from the first symptom.</summary>
public sealed record CaseSla(
    Instant FirstResponseDueAt,
    Instant ResolutionDueAt,
    Instant? FirstRespondedAt = null
);
