namespace OmniIoT.Devices;

public sealed partial class RuleSet
{
    /// <summary>
    /// Hands a reading to the windows of its metric, before the message that brought it is observed; late ones count, too.
    /// </summary>
    /// <param name="at">Device time, as the message is judged.</param>
    /// <param name="replaces">It stands for a reading of the same time that is known already, as a re-sent one does.</param>
    public void TakeReading(
        RuleState state,
        int slot,
        in MetricValue value,
        Instant at,
        bool replaces
    )
    {
        for (var i = 0; i < _windows.Length; i++)
        {
            if (_windows[i].Slot != slot)
                continue;
            state
                .Windows[i]
                .Add(
                    at.UnixMilliseconds,
                    value.Kind == MetricValueKind.Number ? value.Number : double.NaN,
                    replaces
                );
        }
    }

    private void TakeEvent(RuleState state, in Observation observation)
    {
        for (var i = 0; i < _windows.Length; i++)
        {
            if (_windows[i].Counts(observation))
                state
                    .Windows[i]
                    .Add(
                        observation.At.UnixMilliseconds,
                        double.NaN,
                        replaces: observation.IsTimed
                    );
        }
    }

    private void WriteWindows(SnapshotWriter writer, RuleState state)
    {
        writer.Int32(_windows.Length);
        for (var i = 0; i < _windows.Length; i++)
        {
            writer.Int64((long)_windowKeys[i]);
            state.Windows[i].Write(writer);
        }
    }

    private void ReadWindows(ref SnapshotReader reader, RuleState state)
    {
        for (var remaining = reader.Int32(); remaining > 0; remaining--)
        {
            var index = Array.IndexOf(_windowKeys, (ulong)reader.Int64());
            // What no rule looks at any more is read past.
            var window = index >= 0 ? state.Windows[index] : new ReadingWindow(0);
            window.Read(ref reader);
        }
    }
}
