using OmniIoT.Devices.Metrics;

namespace OmniIoT.Devices.Rules.Nodes;

/// <summary>What the nodes of a rule see while they are evaluated.</summary>
internal readonly ref struct Evaluation
{
    public required ReadOnlySpan<MetricSlot> Slots { get; init; }

    public required RuleState State { get; init; }

    public required long At { get; init; }

    /// <summary>
    /// False between messages and for a late one: durations are then read as they stand after the newest message.
    /// </summary>
    public required bool Advances { get; init; }

    /// <summary>False for a message without a time of its own: durations of metrics are then read as they stand.</summary>
    public bool MovesTime { get; init; }

    /// <summary>Where the clock of durations and windows stands: at the message, unless it is late or has no time of its own.</summary>
    public long DeviceTime => (Advances && MovesTime) || State.NewestAt == RuleState.Never ? At : State.NewestAt;

    public ReadOnlySpan<byte> EventType { get; init; }

    public ReadOnlySpan<byte> EventCode { get; init; }

    /// <summary>For how many milliseconds nothing has been heard; 0 while a message is judged.</summary>
    public long SilentFor { get; init; }
}
