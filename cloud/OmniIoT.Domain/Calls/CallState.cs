using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Calls;

/// <summary>A call as its customer's grain remembers it, also over a restart. Immutable.</summary>
/// <param name="Channel">The channel's id.</param>
/// <param name="Sid">The provider's name for it.</param>
public sealed record CallState(string Channel, string Sid)
{
    /// <summary>The provider ends calls by then (twilio.com/docs/voice: four hours); one whose end was not told is over.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>Those that are over go first: more at once are not one person's, but may be one switchboard's.</summary>
    public const int MostKept = 20;

    public required Instant BegunAt { get; init; }

    public required string ConversationId { get; init; }

    public required CallPosition At { get; init; }

    /// <summary>What was answered last: said again when the provider asks again.</summary>
    public required IReadOnlyList<CallAct> Acts { get; init; }

    /// <summary>The number of the turn that comes next.</summary>
    public int Turn { get; init; } = 1;

    /// <summary>Since when the caller waits in the queue; null: they do not.</summary>
    public Instant? QueuedAt { get; init; }

    /// <summary>Whether it is over, and kept for what the provider may still tell of it.</summary>
    public bool IsOver { get; init; }

    public bool Is(string channel, string sid) => Sid == sid && Channel == channel;

    /// <summary>The queue in which the caller waits; null: they do not.</summary>
    public CallAct? Waiting => Acts is [.., { Kind: CallActKind.Queue } queue] ? queue : null;
}
