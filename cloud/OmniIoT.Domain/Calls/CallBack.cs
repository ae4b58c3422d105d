using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Calls;

public enum CallBackStatus
{
    /// <summary>Its turn in the queue has not come.</summary>
    Waiting,

    /// <summary>An agent has it, and the customer is called.</summary>
    Calling,
    Done,

    /// <summary>The customer could not be reached.</summary>
    Failed,
}

/// <summary>A promise to call a customer. It has the place in the queue that the call had.</summary>
public sealed record CallBack
{
    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    /// <summary>E.164.</summary>
    public required string Number { get; init; }

    public required string Queue { get; init; }

    /// <summary>Since when the customer waits.</summary>
    public required Instant RequestedAt { get; init; }

    /// <summary>From when on it may be made: at once, or when the queue opens.</summary>
    public required Instant DueAt { get; init; }

    public required CallBackStatus Status { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>By which channel it is made.</summary>
    public required string Channel { get; init; }

    /// <summary>Null while it is not done or failed.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Why it failed; null: it did not.</summary>
    public string? Error { get; init; }

    /// <summary>When the call was handed on; null: it was not, or is long over.</summary>
    [Inner]
    public Instant? CalledAt { get; init; }

    /// <summary>The message that stands for the call; null: none was made.</summary>
    [Inner]
    public string? MessageId { get; init; }
}
