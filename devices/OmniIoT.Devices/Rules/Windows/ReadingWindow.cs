namespace OmniIoT.Devices.Rules.Windows;

/// <summary>The readings of the last while, in device time, for the window functions that need the same of them.</summary>
internal abstract class ReadingWindow
{
    /// <summary>
    /// What <see cref="Write"/> takes at most: with its key and its length the snapshot of a window has at most 600 bytes.
    /// </summary>
    public const int MostBytes = 576;

    public abstract bool IsEmpty { get; }

    /// <summary>
    /// Takes a reading, also a late one. With <paramref name="replaces"/> it stands for the reading of the same time that is
    /// known already: a re-sent one counts once.
    /// </summary>
    /// <param name="value">NaN is a reading that is no number, or an event.</param>
    public abstract void Add(long at, double value, bool replaces);

    /// <summary>Takes readings that an earlier version had merged; the oldest first, into an empty window.</summary>
    public abstract void Add(ReadOnlySpan<MergedReadings> readings);

    /// <summary>Of the readings of (t − d, t]; t never runs backwards. NaN is unknown.</summary>
    public abstract double Evaluate(WindowFunction function, long at);

    /// <summary>
    /// Whether its older part is to be written anew: it changed, by a late reading, or so much has come since that the recent part has
    /// grown.
    /// </summary>
    public abstract bool MustPutAway { get; }

    /// <summary>Whether there is an older part that <see cref="ReadOlder"/> has not read.</summary>
    public abstract bool LacksOlder { get; }

    /// <summary>From now on all panes that have ended are its older part.</summary>
    public abstract void PutAway();

    /// <summary>Writes the whole of it.</summary>
    public abstract void Write(SnapshotWriter writer);

    /// <summary>Writes all but the older part.</summary>
    public abstract void WriteRecent(SnapshotWriter writer);

    public abstract void WriteOlder(SnapshotWriter writer);

    /// <summary>Reads what <see cref="Write"/> or <see cref="WriteRecent"/> wrote.</summary>
    public abstract void Read(ref SnapshotReader reader);

    /// <summary>Reads what <see cref="WriteOlder"/> wrote, behind <see cref="Read"/>.</summary>
    public abstract void ReadOlder(ref SnapshotReader reader);

    /// <summary>The older part is lost: the window goes on with the recent one.</summary>
    public abstract void ForgetOlder();
}
