using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Audit;

/// <summary>What is to stand on record; storage gives it its place in the chain.</summary>
public sealed record AuditDraft
{
    public const string Done = "ok";

    public required string Id { get; init; }

    public required Instant At { get; init; }

    public required Origin Origin { get; init; }

    /// <summary>What was done, as one of <see cref="AuditActions"/> or a document's kind with <c>.changed</c> or <c>.deleted</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What or whom it was done to: kind, colon, id.</summary>
    public required string Subject { get; init; }

    /// <summary><see cref="Done"/>, or why not.</summary>
    public string Outcome { get; init; } = Done;

    /// <summary>Ids of customers whose data the subject has beside its own.</summary>
    public IReadOnlyList<string> Persons { get; init; } = [];

    /// <summary>JSON; its secrets are cut out before it is written. Null: there is nothing to say, or the subject is gone.</summary>
    public byte[]? After { get; init; }

    /// <summary>
    /// What it was, of a subject that is a part of what is stored; of one that is stored by itself, the store looks when it writes.
    /// </summary>
    public byte[]? Before { get; init; }

    /// <summary>
    /// Whether the subject changes: what is stored of it before the unit stands beside what is after, and where both are the same nothing
    /// is recorded.
    /// </summary>
    public bool IsChange { get; init; }
}
