using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Cases;

public sealed record OpenCase(
    string? CustomerId,
    string? DeviceId,
    string Title,
    CasePriority Priority,
    string Queue,
    CaseOpener OpenedBy,
    string Actor
)
{
    /// <summary>
    /// What it is called, where that follows from something; null: by a new id. Of a customer, one that stands already is answered as it
    /// is, and none is opened.
    /// </summary>
    public string? Id { get; init; }
}

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

/// <summary>The case's customer said something in a conversation about it.</summary>
/// <param name="Channel">By which; null: not told.</param>
public sealed record AskOfCase(string CaseId, Instant At, string? Channel = null);

/// <summary>A time that its customer was promised may be over.</summary>
public sealed record CheckCase(string CaseId);

/// <summary>The router found an agent or another queue, or takes it back.</summary>
public sealed record RouteCase(string CaseId, RoutingMove Move, int ExpectedVersion);

/// <param name="Text">What somebody notes.</param>
public sealed record NoteCase(string CaseId, string Text, string Actor)
{
    /// <summary>What the platform notes instead; null: nothing.</summary>
    public Sentence? Says { get; init; }
}
