namespace OmniIoT.Devices.Rules.Windows;

// The panes that have ended change seldom: they are its older part, which is written only when it changed. The recent part goes with
// each snapshot.
internal sealed partial class PanedWindow<T>
{
    /// <summary>The recent part is left to grow by so much, a few panes.</summary>
    private const int MostRecentBytes = 128;

    /// <summary>When the recent part begins, which is when a pane does; all entries before it are the older part.</summary>
    private long _olderUntil = Never;
    private bool _olderChanged;
    private bool _lacksOlder;

    public override bool MustPutAway => _olderChanged || EndedBytes > MostRecentBytes;

    public override bool LacksOlder => _lacksOlder;

    /// <summary>All entries lie behind this.</summary>
    private long Origin => grid.PaneAt(_newest - grid.Length);

    /// <summary>Of the entries in the recent part whose panes have ended.</summary>
    private int EndedBytes
    {
        get
        {
            int bytes = 0;
            if (_end == _start)
                return bytes;
            long current = grid.PaneAt(_entries[_end - 1].At);
            for (int i = _end - 1; i >= _start && _entries[i].At >= _olderUntil; i--)
            {
                if (_entries[i].At < current)
                    bytes += _entries[i].IsPane ? _paneBytes : _readingBytes;
            }
            return bytes;
        }
    }

    public override void PutAway()
    {
        _olderUntil = IsEmpty ? Never : grid.PaneAt(_entries[_end - 1].At);
        _olderChanged = false;
    }

    public override void ForgetOlder() => (_olderUntil, _olderChanged, _lacksOlder) = (Never, false, false);

    public override void Write(SnapshotWriter writer) => Write(writer, Never, _entries.AsSpan(_start, _end - _start));

    public override void WriteRecent(SnapshotWriter writer) => Write(writer, _olderUntil, _entries.AsSpan(RecentFrom, _end - RecentFrom));

    public override void WriteOlder(SnapshotWriter writer) => Write(writer, Never, _entries.AsSpan(_start, RecentFrom - _start));

    public override void Read(ref SnapshotReader reader)
    {
        _newest = reader.Int64();
        ulong older = reader.Unsigned();
        _olderUntil = older == 0 ? Never : _newest - (long)(older - 1);
        (_lacksOlder, _olderChanged) = (older != 0, false);
        Take(ReadEntries(ref reader, Origin));
    }

    public override void ReadOlder(ref SnapshotReader reader)
    {
        long newest = reader.Int64();
        reader.Unsigned();
        Entry[] older = ReadEntries(ref reader, grid.PaneAt(newest - grid.Length));
        _lacksOlder = false;
        Take([
            .. older.Where(entry => entry.At < _olderUntil && entry.LastAt > _newest - grid.Length),
            .. _entries.AsSpan(_start, _end - _start),
        ]);
    }

    private int RecentFrom
    {
        get
        {
            int index = _end;
            while (index > _start && _entries[index - 1].At >= _olderUntil)
                index--;
            return index;
        }
    }

    private void NoteChange(long at) => _olderChanged |= at < _olderUntil;

    private void Take(Entry[] entries)
    {
        (_entries, _start, _end, _middle, _bytes) = (entries, 0, entries.Length, -1, 0);
        foreach (ref readonly Entry entry in entries.AsSpan())
            _bytes += entry.IsPane ? _paneBytes : _readingBytes;
    }

    private void Write(SnapshotWriter writer, long olderUntil, ReadOnlySpan<Entry> entries)
    {
        writer.Int64(_newest);
        writer.Unsigned(olderUntil == Never ? 0 : (ulong)(_newest - olderUntil) + 1);
        writer.Unsigned((ulong)entries.Length);
        long before = Origin;
        foreach (ref readonly Entry entry in entries)
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

    private Entry[] ReadEntries(ref SnapshotReader reader, long before)
    {
        Entry[] entries = new Entry[(int)reader.Unsigned()];
        foreach (ref Entry entry in entries.AsSpan())
        {
            ulong header = reader.Unsigned();
            long distance = (long)(header >> 1);
            if ((header & 1) != 0)
            {
                entry.At = grid.PaneAt(before) + (distance * grid.Pane);
                entry.LastAt = entry.At + grid.Pane - 1;
                entry.Content = T.Read(ref reader, entry.At);
            }
            else
            {
                entry.At = entry.LastAt = before + distance;
                entry.Content = T.Of(entry.At, T.KeepsReadings ? reader.Double() : double.NaN);
            }
            before = entry.At;
        }
        return entries;
    }
}
