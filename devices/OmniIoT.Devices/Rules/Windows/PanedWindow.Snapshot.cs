namespace OmniIoT.Devices.Rules.Windows;

internal sealed partial class PanedWindow<T>
{
    /// <summary>All entries lie behind this.</summary>
    private long Origin => grid.PaneAt(_newest - grid.Length);

    public override void Write(SnapshotWriter writer)
    {
        writer.Int64(_newest);
        writer.Unsigned((ulong)(_end - _start));
        long before = Origin;
        foreach (ref readonly Entry entry in _entries.AsSpan(_start, _end - _start))
        {
            if (entry.IsPane)
            {
                writer.Unsigned(((ulong)((entry.At - grid.PaneAt(before)) / grid.Pane) << 1) | 1);
                entry.Content.Write(writer, entry.At);
            }
            else
            {
                writer.Unsigned((ulong)(entry.At - before) << 1);
                if (T.KeepsReadings)
                    writer.Double(entry.Content.Reading);
            }
            before = entry.At;
        }
    }

    public override void Read(ref SnapshotReader reader)
    {
        _newest = reader.Int64();
        int count = (int)reader.Unsigned();
        (_entries, _start, _end, _bytes, _middle) = (new Entry[Math.Max(count, FirstEntries)], 0, count, 0, -1);
        long before = Origin;
        foreach (ref Entry entry in _entries.AsSpan(0, count))
        {
            ulong header = reader.Unsigned();
            long distance = (long)(header >> 1);
            if ((header & 1) != 0)
            {
                entry.At = grid.PaneAt(before) + (distance * grid.Pane);
                entry.LastAt = entry.At + grid.Pane - 1;
                entry.Content = T.Read(ref reader, entry.At);
                _bytes += _paneBytes;
            }
            else
            {
                entry.At = entry.LastAt = before + distance;
                entry.Content = T.Of(entry.At, T.KeepsReadings ? reader.Double() : double.NaN);
                _bytes += _readingBytes;
            }
            before = entry.At;
        }
    }
}
