using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Rules.Windows;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Rules;

public sealed partial class RuleSet
{
    /// <summary>
    /// Hands a reading to the windows of its metric, where late ones count, too, and to what is usual for it, before the message that
    /// brought it is observed.
    /// </summary>
    /// <param name="at">Device time, as the message is judged.</param>
    /// <param name="replaces">It stands for a reading of the same time that is known already, as a re-sent one does.</param>
    public void TakeReading(RuleState state, int slot, in MetricValue value, Instant at, bool replaces)
    {
        double number = value.Kind == MetricValueKind.Number ? value.Number : double.NaN;
        for (int i = 0; i < _windows.Length; i++)
        {
            if (_windows[i].Slot == slot)
                state.Windows[i].Add(at.UnixMilliseconds, number, replaces);
        }
        if (!double.IsNaN(number))
            TeachBaseline(state, slot, number, at.UnixMilliseconds, replaces);
    }

    private void TakeEvent(RuleState state, in Observation observation)
    {
        for (int i = 0; i < _windows.Length; i++)
        {
            if (_windows[i].Counts(observation))
                state.Windows[i].Add(observation.At.UnixMilliseconds, double.NaN, replaces: observation.IsTimed);
        }
    }

    private void WriteWindows(SnapshotWriter writer, RuleState state)
    {
        writer.Int32(_windows.Length);
        for (int i = 0; i < _windows.Length; i++)
        {
            writer.Int64((long)_windowKeys[i]);
            state.Windows[i].Write(writer);
        }
    }

    private void ReadWindows(ref SnapshotReader reader, RuleState state)
    {
        for (int remaining = reader.Int32(); remaining > 0; remaining--)
        {
            int index = Array.IndexOf(_windowKeys, (ulong)reader.Int64());
            // What no rule looks at any more is read past.
            ReadingWindow window = index >= 0 ? state.Windows[index] : new ReadingWindow(0);
            window.Read(ref reader);
        }
    }

    /// <summary>
    /// What merged panes have more than earlier versions knew. It stands at the end, which they do not look at: they may run beside this
    /// one.
    /// </summary>
    private void WriteMerged(SnapshotWriter writer, RuleState state)
    {
        for (int i = 0; i < _windows.Length; i++)
        {
            writer.Int64((long)_windowKeys[i]);
            state.Windows[i].WriteMerged(writer);
        }
    }

    private void ReadMerged(ref SnapshotReader reader, RuleState state)
    {
        while (!reader.IsAtEnd)
        {
            int index = Array.IndexOf(_windowKeys, (ulong)reader.Int64());
            ReadingWindow window = index >= 0 ? state.Windows[index] : new ReadingWindow(0);
            window.ReadMerged(ref reader);
        }
    }
}
