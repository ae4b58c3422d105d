using System.Buffers;

namespace OmniIoT.Devices.Rules;

public sealed partial class RuleSet
{
    /// <summary>Before the detector, a mean and a variance stood for each metric.</summary>
    private const int FormerBaselineBytes = 6 * sizeof(long);

    /// <summary>Every reading counts once, however many rules look at its metric; late ones and repetitions do not.</summary>
    private void TakeAnomaly(RuleState state, int slot, double number, long at, bool replaces)
    {
        for (int i = 0; i < _anomalies.Length; i++)
        {
            AnomalySeries series = state.Anomalies[i];
            if (_anomalies[i].Slot == slot && (at > series.At || (at == series.At && !replaces)))
                series.Take(number, at);
        }
    }

    /// <summary>Behind the windows and in their form, which earlier versions read past.</summary>
    private void WriteAnomalies(SnapshotWriter writer, RuleState state, Action<AnomalySeries, SnapshotWriter> write)
    {
        if (_anomalies.Length == 0)
            return;
        ArrayBufferWriter<byte> part = new(AnomalySeries.MostBytes);
        for (int i = 0; i < _anomalies.Length; i++)
        {
            if (state.Anomalies[i].At == RuleState.Never)
                continue;
            part.ResetWrittenCount();
            write(state.Anomalies[i], new SnapshotWriter(part));
            WritePart(writer, _anomalies[i].Key, part.WrittenSpan);
        }
    }

    private int IndexOfAnomaly(ulong key) => Array.FindIndex(_anomalies, series => series.Key == key);

    private static void SkipFormerBaselines(ref SnapshotReader reader)
    {
        for (int remaining = reader.Int32(); remaining > 0; remaining--)
            reader.Bytes(FormerBaselineBytes);
    }
}
