using OmniIoT.Devices.Metrics;

namespace OmniIoT.Devices.Rules.History;

/// <summary>What rules that look at readings only knew at one moment, so that they can go on from there again.</summary>
internal sealed class Checkpoint
{
    private Checkpoint(RuleState state, MetricSlot[] slots) => (State, Slots) = (state, slots);

    /// <summary>Alarms and durations; no windows, anomalies or reported properties.</summary>
    public RuleState State { get; }

    /// <summary>Of the model's first metrics, as many as the rules look at.</summary>
    public MetricSlot[] Slots { get; }

    /// <summary>Of a state before the first reading.</summary>
    public static Checkpoint OfNothing(int rules, int durations, int slots)
    {
        Checkpoint checkpoint = new(new RuleState(rules, durations, reported: 0, anomalies: 0, windows: []), new MetricSlot[slots]);
        Array.Fill(checkpoint.Slots, MetricSlot.Empty);
        return checkpoint;
    }

    public Checkpoint Copy() => Of(State, Slots);

    /// <param name="slots">Of these metrics.</param>
    public static Checkpoint Of(RuleState state, ReadOnlySpan<MetricSlot> slots)
    {
        Checkpoint checkpoint = OfNothing(state.Alarms.Length, state.Since.Length, slots.Length);
        checkpoint.Take(state, slots);
        return checkpoint;
    }

    public void Take(RuleState state, ReadOnlySpan<MetricSlot> slots)
    {
        state.Alarms.CopyTo(State.Alarms, 0);
        state.Since.CopyTo(State.Since, 0);
        State.NewestAt = state.NewestAt;
        slots[..Slots.Length].CopyTo(Slots);
    }
}
