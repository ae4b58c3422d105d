namespace OmniIoT.Devices.Rules.Windows;

/// <summary>How a window of some length is divided, so that all of its panes fit into its bytes. Times are milliseconds.</summary>
/// <param name="Length">Of the window.</param>
/// <param name="Pane">Length of a pane; each begins at a whole multiple of it.</param>
internal sealed record PaneGrid(long Length, long Pane)
{
    /// <summary>Before a pane's content stands how many panes it lies behind the entry before, which are few.</summary>
    public const int HeaderBytes = 2;

    /// <summary>All but the window's newest time, where its older part ends, and how many entries there are.</summary>
    public const int MostEntryBytes = ReadingWindow.MostBytes - sizeof(long) - 6 - 2;

    /// <summary>Before a reading's value stands how long it lies behind the entry before.</summary>
    public int TimeBytes { get; } = SnapshotWriter.UnsignedBytes((ulong)(Length + Pane) << 1);

    /// <param name="contentBytes">Most that a pane's content takes.</param>
    public static PaneGrid Of(TimeSpan length, int contentBytes)
    {
        long milliseconds = (long)length.TotalMilliseconds;
        // One pane more lies within the window, because the first and the last lie within it only in part.
        int panes = (MostEntryBytes / (HeaderBytes + contentBytes)) - 1;
        return new PaneGrid(milliseconds, Math.Max(2, (milliseconds + panes - 1) / panes));
    }

    /// <summary>When the pane begins that a time belongs to.</summary>
    public long PaneAt(long at) => at - (((at % Pane) + Pane) % Pane);
}
