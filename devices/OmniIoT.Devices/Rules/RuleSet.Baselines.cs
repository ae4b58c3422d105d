namespace OmniIoT.Devices.Rules;

public sealed partial class RuleSet
{
    /// <summary>Every reading counts once, however many rules look at its metric; late ones and repetitions do not.</summary>
    private void TeachBaseline(RuleState state, int slot, double number, long at, bool replaces)
    {
        for (int i = 0; i < _baselines.Length; i++)
        {
            ref Baseline baseline = ref state.Baselines[i];
            if (_baselines[i].Slot == slot && (at > baseline.At || (at == baseline.At && !replaces)))
                baseline.Take(number, at);
        }
    }

    private void WriteBaselines(SnapshotWriter writer, RuleState state)
    {
        writer.Int32(_baselines.Length);
        for (int i = 0; i < _baselines.Length; i++)
        {
            ref readonly Baseline baseline = ref state.Baselines[i];
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
        for (int remaining = reader.Int32(); remaining > 0; remaining--)
        {
            ulong nameHash = (ulong)reader.Int64();
            Baseline baseline = new Baseline
            {
                At = reader.Int64(),
                Count = reader.Double(),
                Mean = reader.Double(),
                Variance = reader.Double(),
                Score = reader.Double(),
            };
            int index = Array.FindIndex(_baselines, known => known.NameHash == nameHash);
            // An earlier version let it overflow, and nothing was usual after that.
            if (index >= 0 && double.IsFinite(baseline.Mean) && double.IsFinite(baseline.Variance))
                state.Baselines[index] = baseline;
        }
    }
}
