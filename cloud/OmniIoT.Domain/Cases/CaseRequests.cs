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

/// <summary>Changes what is not null. <see cref="Assignee"/> empty unassigns.</summary>
public sealed record ChangeCase
{
    public required string CaseId { get; init; }

    public required string Actor { get; init; }

    public required CaseStatus? Status { get; init; }

    public required CasePriority? Priority { get; init; }

    public required string? Queue { get; init; }

    public required string? Assignee { get; init; }

    public required string? Title { get; init; }

    public required int? ExpectedVersion { get; init; }
}

public sealed record ResolveCase(string CaseId, string? Resolution, string Actor, int? ExpectedVersion);

/// <summary>A person of the company answered the customer.</summary>
public sealed record AnswerCase(string CaseId, Instant At);

public sealed record NoteCase(string CaseId, string Text, string Actor);
