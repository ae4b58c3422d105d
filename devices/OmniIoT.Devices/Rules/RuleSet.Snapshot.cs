using System.Buffers;
using OmniIoT.Devices.Rules.Windows;

namespace OmniIoT.Devices.Rules;

public sealed partial class RuleSet
{
    private const byte SnapshotVersion = 2;

    /// <summary>Before that rules had no windows.</summary>
    private const byte VersionOfWindows = 2;

    /// <summary>Writes all of it.</summary>
    public void WriteState(RuleState state, IBufferWriter<byte> output) =>
        Write(state, output, static (window, writer) => window.Write(writer), static (series, writer) => series.Write(writer));

    /// <summary>Writes all but the older parts of windows and of what is usual.</summary>
    public void WriteRecentState(RuleState state, IBufferWriter<byte> output) =>
        Write(state, output, static (window, writer) => window.WriteRecent(writer), static (series, writer) => series.WriteRecent(writer));

    private void Write(
        RuleState state,
        IBufferWriter<byte> output,
        Action<ReadingWindow, SnapshotWriter> writeWindow,
        Action<AnomalySeries, SnapshotWriter> writeSeries
    )
    {
        SnapshotWriter writer = new(output);
        writer.Byte(SnapshotVersion);
        writer.Int64(state.NewestAt);
        writer.Int64(state.SilenceCheckedAt);
        // Earlier versions had here what was usual for a metric.
        writer.Int32(0);
        // Earlier versions had all windows here, with more than 600 bytes each.
        writer.Int32(0);
        writer.Int32(_rules.Length);
        for (int i = 0; i < _rules.Length; i++)
        {
            ref readonly RuleState.Alarm alarm = ref state.Alarms[i];
            writer.Int64((long)_rules[i].TypeHash);
            writer.Int64((long)_rules[i].TextHash);
            writer.Byte(alarm.IsActive ? (byte)1 : (byte)0);
            writer.Int64(alarm.RaisedAt);
            writer.Int64(alarm.FirstSymptomAt);
            WriteDurations(writer, state.Since.AsSpan(_rules[i].When.Durations));
            WriteDurations(writer, state.Since.AsSpan(_rules[i].ClearDurations));
        }
        WriteWindows(writer, state, writeWindow);
        WriteAnomalies(writer, state, writeSeries);
    }

    /// <summary>
    /// Restores what <see cref="WriteState"/> wrote, under this or another version of the model: an alarm stands on
    /// where its rule's type is still there, durations run on where the rule's text is unchanged. Reported properties
    /// are not part of it; call <see cref="SetReported"/>. Nothing at all was remembered while the model was not known.
    /// </summary>
    /// <exception cref="InvalidDataException">The snapshot is of another version of this form.</exception>
    public RuleState ReadState(ReadOnlySpan<byte> snapshot)
    {
        RuleState state = CreateState();
        if (snapshot.IsEmpty)
            return state;
        state.History?.Forget();
        SnapshotReader reader = new(snapshot);
        byte version = reader.Version(SnapshotVersion);
        state.NewestAt = reader.Int64();
        state.SilenceCheckedAt = reader.Int64();
        SkipFormerBaselines(ref reader);
        Dictionary<ulong, MergedReadings[]> shared = version >= VersionOfWindows ? ReadSharedWindows(ref reader) : [];
        for (int remaining = reader.Int32(); remaining > 0; remaining--)
        {
            ulong typeHash = (ulong)reader.Int64();
            ulong textHash = (ulong)reader.Int64();
            int index = Array.FindIndex(_rules, rule => rule.TypeHash == typeHash);
            bool isActive = reader.Byte() != 0;
            RuleState.Alarm alarm = new RuleState.Alarm { RaisedAt = reader.Int64(), FirstSymptomAt = reader.Int64() };
            if (index >= 0 && isActive)
                state.Alarms[index] = alarm;
            bool isUnchanged = index >= 0 && _rules[index].TextHash == textHash;
            ReadDurations(ref reader, isUnchanged ? state.Since.AsSpan(_rules[index].When.Durations) : default);
            ReadDurations(ref reader, isUnchanged ? state.Since.AsSpan(_rules[index].ClearDurations) : default);
        }
        ReadWindows(ref reader, state, shared);
        return state;
    }

    private static void WriteDurations(SnapshotWriter writer, ReadOnlySpan<long> durations)
    {
        writer.Int32(durations.Length);
        foreach (long since in durations)
            writer.Int64(since);
    }

    private static void ReadDurations(ref SnapshotReader reader, Span<long> durations)
    {
        int count = reader.Int32();
        for (int i = 0; i < count; i++)
        {
            long since = reader.Int64();
            if (i < durations.Length)
                durations[i] = since;
        }
    }
}
