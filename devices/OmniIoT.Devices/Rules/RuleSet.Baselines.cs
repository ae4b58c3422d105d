namespace OmniIoT.Devices;

public sealed partial class RuleSet
{
    /// <summary>Every reading counts once, however many rules look at its metric.</summary>
    private void TakeReadings(RuleState state, ReadOnlySpan<MetricSlot> slots, long at)
    {
        for (var i = 0; i < _baselines.Length; i++)
        {
            ref readonly var slot = ref slots[_baselines[i].Slot];
            ref var baseline = ref state.Baselines[i];
            if (
                slot.At.UnixMilliseconds == at
                && at > baseline.At
                && slot.Newest.Kind == MetricValueKind.Number
            )
                baseline.Take(slot.Newest.Number, at);
        }
    }

    private void WriteBaselines(SnapshotWriter writer, RuleState state)
    {
        writer.Int32(_baselines.Length);
        for (var i = 0; i < _baselines.Length; i++)
        {
            ref readonly var baseline = ref state.Baselines[i];
            writer.Int64((long)_baselines[i].NameHash);
            writer.Int64(baseline.At);
            writer.Double(baseline.Count);
            writer.Double(baseline.Mean);
            writer.Double(baseline.Variance);
            writer.Double(baseline.Score);
        }
    }

    private void ReadBaselines(ref SnapshotReader reader, RuleState state)
    {
        for (var remaining = reader.Int32(); remaining > 0; remaining--)
        {
            var nameHash = (ulong)reader.Int64();
            var baseline = new Baseline
            {
                At = reader.Int64(),
                Count = reader.Double(),
                Mean = reader.Double(),
                Variance = reader.Double(),
                Score = reader.Double(),
            };
            var index = Array.FindIndex(_baselines, known => known.NameHash == nameHash);
            if (index >= 0)
                state.Baselines[index] = baseline;
        }
    }
}
