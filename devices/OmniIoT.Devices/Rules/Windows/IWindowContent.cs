namespace OmniIoT.Devices.Rules.Windows;

/// <summary>
/// What a window keeps of one reading, or of all those of a pane: enough for the functions that share the window, without the readings
/// themselves. The default value is that of no readings.
/// </summary>
internal interface IWindowContent<TSelf>
    where TSelf : struct, IWindowContent<TSelf>
{
    /// <summary>Most bytes that <see cref="Write"/> takes.</summary>
    static abstract int MostBytes { get; }

    /// <summary>Whether <see cref="Reading"/> is worth writing; a count knows all of its readings to be alike.</summary>
    static abstract bool KeepsReadings { get; }

    /// <param name="at">Device time in milliseconds.</param>
    /// <param name="value">NaN is a reading that is no number, or an event.</param>
    static abstract TSelf Of(long at, double value);

    /// <summary>The reading that it was made of, where it is one.</summary>
    double Reading { get; }

    /// <summary>Takes in others, earlier or later ones; the order in which they come changes nothing.</summary>
    void Add(in TSelf other);

    /// <summary>NaN is unknown. Another function than those of the content is a bug.</summary>
    double Evaluate(WindowFunction function);

    /// <param name="paneAt">When the pane begins, in device time.</param>
    void Write(SnapshotWriter writer, long paneAt);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    static abstract TSelf Read(ref SnapshotReader reader, long paneAt);

    /// <summary>Of readings that an earlier version had merged.</summary>
    static abstract TSelf Of(in MergedReadings merged);
}
