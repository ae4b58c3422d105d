namespace OmniIoT.Domain.Decisions;

public enum RejectionKind
{
    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>It exists, but not in a state that allows this.</summary>
    Conflict,

    /// <summary>It was good once, but its time is over.</summary>
    Expired,

    /// <summary>The version that the caller knew is not the present one.</summary>
    Stale,

    /// <summary>What was sent cannot be understood.</summary>
    Invalid,

    /// <summary>It lies where whoever asks may not reach.</summary>
    OutOfBounds,
}

/// <summary>Why a request was not carried out; an expected outcome, not a failure.</summary>
/// <param name="Code">The typed reason, such as <c>CaseAlreadyClosed</c>.</param>
/// <param name="Pointer">JSON pointer into what was sent; null when it concerns the whole.</param>
public sealed record Rejection(RejectionKind Kind, string Code, string Message, string? Pointer = null)
{
    /// <summary>The contract's word for a conflict that a program is expected to resolve; null: it has none.</summary>
    public string? Reason { get; init; }

    public static Rejection NotFound(string what, string id) =>
        new(RejectionKind.NotFound, what + "NotFound", $"There is no {what.ToLowerInvariant()} '{id}'.");

    public static Rejection Stale(string what, int expected, int actual) =>
        new(
            RejectionKind.Stale,
            what + "Stale",
            $"Version {expected} was expected, but version {actual} is stored: somebody changed it meanwhile."
        );

    public static Rejection Conflict(string code, string message) => new(RejectionKind.Conflict, code, message);

    /// <param name="queue">In which it lies.</param>
    public static Rejection OutOfBounds(string queue) =>
        new(RejectionKind.OutOfBounds, "OutOfBounds", $"It would be said in the queue '{queue}', which these credentials do not reach.");

    public static Rejection Expired(string code, string message) => new(RejectionKind.Expired, code, message);

    public static Rejection Invalid(string code, string message, string? pointer = null) =>
        new(RejectionKind.Invalid, code, message, pointer);
}
