using System.Buffers;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Rules.Windows;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Rules;

public sealed partial class RuleSet
{
    /// <summary>
    /// The windows stand at the end, each behind its key and its length in blocks of so many bytes. Earlier versions, which may run
    /// beside this one, read past parts of that form whose key they do not know: their windows begin anew.
    /// </summary>
    private const int WindowBlock = 4 * sizeof(double);

    /// <summary>
    /// Hands a reading to the windows of its metric and to the history, where late ones count, too, and to what is usual for it, before
    /// the message that brought it is observed.
    /// </summary>
    /// <param name="at">Device time, as the message is judged.</param>
    /// <param name="replaces">It stands for a reading of the same time that is known already, as a re-sent one does.</param>
    public void TakeReading(RuleState state, int slot, in MetricValue value, Instant at, bool replaces)
    {
        if (slot < _slotsOfHistory.Length && _slotsOfHistory[slot])
            state.History!.Stage(at.UnixMilliseconds, slot, value);
        double number = value.Kind == MetricValueKind.Number ? value.Number : double.NaN;
        foreach (int window in slot < _windowsOfSlot.Length ? _windowsOfSlot[slot] : [])
            state.Windows[window].Add(at.UnixMilliseconds, number, replaces);
        if (!double.IsNaN(number))
            TakeAnomaly(state, slot, number, at.UnixMilliseconds, replaces);
    }

    private void TakeEvent(RuleState state, in Observation observation)
    {
        foreach (int window in _windowsOfEvents)
        {
            if (_windows[window].Counts(observation))
                state.Windows[window].Add(observation.At.UnixMilliseconds, double.NaN, replaces: observation.IsTimed);
        }
    }

    private void WriteWindows(SnapshotWriter writer, RuleState state, Action<ReadingWindow, SnapshotWriter> write)
    {
        if (_windows.Length == 0)
            return;
        ArrayBufferWriter<byte> window = new(ReadingWindow.MostBytes);
        for (int i = 0; i < _windows.Length; i++)
        {
            if (state.Windows[i].IsEmpty)
                continue;
            window.ResetWrittenCount();
            write(state.Windows[i], new SnapshotWriter(window));
            WritePart(writer, _windowKeys[i], window.WrittenSpan);
        }
    }

    private static void WritePart(SnapshotWriter writer, ulong key, ReadOnlySpan<byte> part)
    {
        int blocks = (part.Length + WindowBlock - 1) / WindowBlock;
        writer.Int64((long)key);
        writer.Int32(blocks);
        writer.Padded(part, blocks * WindowBlock);
    }

    /// <param name="shared">The windows as earlier versions wrote them, of all functions, by their keys; here is the rest of them.</param>
    private void ReadWindows(ref SnapshotReader reader, RuleState state, Dictionary<ulong, MergedReadings[]> shared)
    {
        while (!reader.IsAtEnd)
        {
            ulong key = (ulong)reader.Int64();
            int blocks = reader.Int32();
            SnapshotReader part = new(reader.Bytes(blocks * WindowBlock));
            if (Array.IndexOf(_windowKeys, key) is >= 0 and var index)
                state.Windows[index].Read(ref part);
            else if (IndexOfAnomaly(key) is >= 0 and var series)
                state.Anomalies[series].Read(ref part);
            else if (shared.TryGetValue(key, out MergedReadings[]? readings))
                MergedReadings.ReadDigits(ref part, blocks, readings);
        }
        for (int i = 0; i < _windows.Length; i++)
        {
            if (shared.TryGetValue(_sharedWindowKeys[i], out MergedReadings[]? readings))
                state.Windows[i].Add(readings);
        }
    }

    /// <summary>
    /// The older parts of the windows and what is usual, when they are to be stored anew; else null. What
    /// <see cref="WriteRecentState"/> writes goes with what this returned last.
    /// </summary>
    public byte[]? TakeOlder(RuleState state)
    {
        bool mustPutAway = false;
        foreach (ReadingWindow window in state.Windows)
            mustPutAway |= window.MustPutAway;
        foreach (AnomalySeries series in state.Anomalies)
            mustPutAway |= series.MustPutAway;
        if (!mustPutAway)
            return null;
        foreach (ReadingWindow window in state.Windows)
            window.PutAway();
        foreach (AnomalySeries series in state.Anomalies)
            series.PutAway();
        ArrayBufferWriter<byte> older = new(
            (state.Windows.Length * ReadingWindow.MostBytes) + (state.Anomalies.Length * AnomalySeries.MostBytes) + WindowBlock
        );
        WriteWindows(new SnapshotWriter(older), state, static (window, writer) => window.WriteOlder(writer));
        WriteAnomalies(new SnapshotWriter(older), state, static (series, writer) => series.WriteOlder(writer));
        return older.WrittenSpan.ToArray();
    }

    /// <summary>Restores what <see cref="TakeOlder"/> returned, behind <see cref="ReadState"/>.</summary>
    /// <param name="older">Null when it is lost: windows and what is usual go on without.</param>
    public void ReadOlder(RuleState state, byte[]? older)
    {
        SnapshotReader reader = new(older);
        while (!reader.IsAtEnd)
        {
            ulong key = (ulong)reader.Int64();
            SnapshotReader part = new(reader.Bytes(reader.Int32() * WindowBlock));
            if (Array.IndexOf(_windowKeys, key) is >= 0 and var index && state.Windows[index].LacksOlder)
                state.Windows[index].ReadOlder(ref part);
            else if (IndexOfAnomaly(key) is >= 0 and var series && state.Anomalies[series].LacksOlder)
                state.Anomalies[series].ReadOlder(ref part);
        }
        foreach (ReadingWindow window in state.Windows)
        {
            if (window.LacksOlder)
                window.ForgetOlder();
        }
        foreach (AnomalySeries series in state.Anomalies)
        {
            if (series.LacksOlder)
                series.ForgetOlder();
        }
    }

    private static Dictionary<ulong, MergedReadings[]> ReadSharedWindows(ref SnapshotReader reader)
    {
        Dictionary<ulong, MergedReadings[]> shared = [];
        for (int remaining = reader.Int32(); remaining > 0; remaining--)
            shared[(ulong)reader.Int64()] = MergedReadings.ReadAll(ref reader);
        return shared;
    }
}
