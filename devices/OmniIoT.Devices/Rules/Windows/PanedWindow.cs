namespace OmniIoT.Devices.Rules.Windows;

/// <summary>
/// A window that costs the same for each reading however long it is and however many it holds. Readings are kept one by one while all of
/// them fit into <see cref="ReadingWindow.MostBytes"/>; where a device sends more, those of the same pane are merged. Panes are parts
/// of the window's length that begin at whole multiples of theirs, so that the order in which readings come makes none of them
/// different. All that lies in the window is exact, but for its far edge: a pane counts whole until all of it is too old.
/// </summary>
/// <remarks>
/// The sum of all is kept as that of two stacks: of each entry up to the middle with all that follow it there, and of all entries behind
/// the middle. Entries come and go at a constant cost, and nothing is ever subtracted, which would lose digits. What changes entries
/// before the middle (a late reading, merging) has the sums made anew, of as many entries as fit into the bytes.
/// </remarks>
internal sealed partial class PanedWindow<T>(PaneGrid grid) : ReadingWindow
    where T : struct, IWindowContent<T>
{
    private const int FirstEntries = 8;
    private const long Never = long.MinValue;

    private readonly int _paneBytes = PaneGrid.HeaderBytes + T.MostBytes;
    private readonly int _readingBytes = grid.TimeBytes + (T.KeepsReadings ? sizeof(double) : 0);
    private Entry[] _entries = [];
    private int _start;
    private int _end;
    private int _bytes;
    private long _newest = Never;

    // The sums of each entry from the start to the middle with those behind it, and of the last entries together.
    private T[] _sums = [];
    private T _latest;
    private int _middle = -1;

    private struct Entry
    {
        /// <summary>Of a reading its time, of a pane its begin; device time in milliseconds.</summary>
        public long At;

        /// <summary>The last time that belongs to it.</summary>
        public long LastAt;
        public T Content;

        public readonly bool IsPane => LastAt != At;
    }

    public override bool IsEmpty => _start == _end;

    public override void Add(long at, double value, bool replaces)
    {
        if (_newest != Never && at <= _newest - grid.Length)
            return;
        if (at > _newest)
        {
            _newest = at;
            Forget(at);
        }
        else if (replaces && TryReplace(at, value))
            return;
        Take(at, T.Of(at, value));
    }

    public override void Add(ReadOnlySpan<MergedReadings> readings)
    {
        foreach (ref readonly MergedReadings merged in readings)
        {
            if (merged.Count == 1)
            {
                Add(merged.FirstAt, merged.Numbers == 0 ? double.NaN : merged.First, replaces: false);
                continue;
            }
            _newest = Math.Max(_newest, merged.LastAt);
            Forget(_newest);
            TakeMerged(merged.LastAt, T.Of(merged));
        }
    }

    public override double Evaluate(WindowFunction function, long at)
    {
        Forget(at);
        if (_start == _end)
            return default(T).Evaluate(function);
        if (_middle < _start)
            Restack();
        if (_middle == _start)
            return _latest.Evaluate(function);
        T sum = _sums[_start];
        sum.Add(_latest);
        return sum.Evaluate(function);
    }

    /// <summary>A reading behind all others is nearly all there is.</summary>
    private void Take(long at, in T content)
    {
        int index = IndexBehind(at);
        if (index > _start && _entries[index - 1] is { IsPane: true } before && at <= before.LastAt)
            Merge(index - 1, content);
        else
        {
            Insert(
                index,
                new Entry
                {
                    At = at,
                    LastAt = at,
                    Content = content,
                }
            );
            if (_bytes > PaneGrid.MostEntryBytes)
                MergePanes();
        }
    }

    /// <summary>Readings that are known together only belong to one pane.</summary>
    private void TakeMerged(long at, in T content)
    {
        long pane = grid.PaneAt(at);
        int index = IndexBehind(pane);
        if (index > _start && _entries[index - 1] is { IsPane: true } before && at <= before.LastAt)
            Merge(index - 1, content);
        else
        {
            Insert(
                index,
                new Entry
                {
                    At = pane,
                    LastAt = pane + grid.Pane - 1,
                    Content = content,
                }
            );
            MergePanes();
        }
    }

    private void Merge(int index, in T content)
    {
        NoteChange(_entries[index].At);
        _entries[index].Content.Add(content);
        if (index == _end - 1 && _middle >= 0)
            _latest.Add(content);
        else
            _middle = -1;
    }

    private void Insert(int index, in Entry entry)
    {
        NoteChange(entry.At);
        if (_end == _entries.Length)
            index -= MakeRoom();
        _entries.AsSpan(index, _end - index).CopyTo(_entries.AsSpan(index + 1));
        _entries[index] = entry;
        _bytes += entry.IsPane ? _paneBytes : _readingBytes;
        if (index == _end && _middle >= 0)
            _latest.Add(entry.Content);
        else
            _middle = -1;
        _end++;
    }

    /// <summary>False when the time is new, or nobody knows any more. Of a pane only the newest reading is known by its time.</summary>
    private bool TryReplace(long at, double value)
    {
        int index = IndexBehind(at) - 1;
        if (index < _start || _entries[index].IsPane || _entries[index].At != at)
            return at == _newest;
        NoteChange(at);
        _entries[index].Content = T.Of(at, value);
        _middle = -1;
        return true;
    }

    /// <summary>The first entry that begins after the time; nearly always the end, which is looked at first.</summary>
    private int IndexBehind(long at)
    {
        int index = _end;
        while (index > _start && _entries[index - 1].At > at)
            index--;
        return index;
    }

    /// <summary>
    /// Lets go of what is too old at a time. Entries from the middle on are summed up together: then the sums are made anew.
    /// </summary>
    private void Forget(long at)
    {
        while (_start < _end && _entries[_start].LastAt <= at - grid.Length)
        {
            _bytes -= _entries[_start].IsPane ? _paneBytes : _readingBytes;
            _start++;
        }
        if (_start == _end)
            (_start, _end, _middle) = (0, 0, -1);
    }

    /// <summary>
    /// The last entry stays outside: it may be a pane that takes more, and what it takes must go when it goes.
    /// </summary>
    private void Restack()
    {
        if (_sums.Length < _entries.Length)
            _sums = new T[_entries.Length];
        _middle = _end - 1;
        _latest = _entries[_middle].Content;
        T later = default;
        for (int i = _middle - 1; i >= _start; i--)
        {
            T sum = _entries[i].Content;
            sum.Add(later);
            _sums[i] = later = sum;
        }
    }

    /// <summary>Merges the entries of each pane that holds several.</summary>
    private void MergePanes()
    {
        int kept = _start;
        for (int i = _start + 1; i < _end; i++)
        {
            ref Entry last = ref _entries[kept];
            long pane = grid.PaneAt(last.At);
            if (grid.PaneAt(_entries[i].At) != pane)
            {
                _entries[++kept] = _entries[i];
                continue;
            }
            NoteChange(last.At);
            if (!last.IsPane)
                _bytes += _paneBytes - _readingBytes;
            (last.At, last.LastAt) = (pane, pane + grid.Pane - 1);
            last.Content.Add(_entries[i].Content);
            _bytes -= _entries[i].IsPane ? _paneBytes : _readingBytes;
        }
        (_end, _middle) = (kept + 1, -1);
    }

    /// <summary>Moves the entries to the front, or into a larger array. Returns by how much they moved.</summary>
    private int MakeRoom()
    {
        int count = _end - _start;
        Entry[] roomy = count * 2 >= _entries.Length ? new Entry[Math.Max(FirstEntries, _entries.Length * 2)] : _entries;
        _entries.AsSpan(_start, count).CopyTo(roomy);
        int moved = _start;
        (_entries, _start, _end, _middle) = (roomy, 0, count, -1);
        return moved;
    }
}
