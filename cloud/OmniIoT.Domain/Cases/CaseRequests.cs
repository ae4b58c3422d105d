using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Cases;

public sealed record OpenCase(
    string? CustomerId,
    string? DeviceId,
    string Title,
    CasePriority Priority,
    string Queue,
    CaseOpener OpenedBy,
    string Actor
);

/// <summary>Changes what is not null. <paramref name="Assignee"/> empty unassigns.</summary>
public sealed record ChangeCase(
    string CaseId,
    string Actor,
    CaseStatus? Status,
    CasePriority? Priority,
    string? Queue,
    string? Assignee,
    string? Title,
    int? ExpectedVersion
);

public sealed record ResolveCase(string CaseId, string? Resolution, string Actor, int? ExpectedVersion);

/// <summary>A person of the company answered the customer.</summary>
public sealed record AnswerCase(string CaseId, Instant At);

public sealed record NoteCase(string CaseId, string Text, string Actor);
