using OmniIoT.Devices.Metrics;

namespace OmniIoT.Devices.Rules.History;

/// <summary>
/// The last readings that the rules of one device judged, in device time, and what was known before them: enough to judge a late one
/// where it lies. In two parts, of which the older is dropped whole when the newer has grown as long, so that a reading in its turn
/// costs its own entry and no more. It lives in memory only.
/// </summary>
internal sealed class ReadingHistory(HistoryScope scope)
{
    private const int FirstEntries = 2;

    private HeardReading[] _entries = [];
    private int _count;

    /// <summary>Readings of the message that is being taken stand behind the others.</summary>
    private int _staged;
    private Checkpoint? _start;

    /// <summary>False while it is shared with other devices.</summary>
    private bool _ownsStart;

    /// <summary>What was known where the newer part begins.</summary>
    private Checkpoint? _middle;
    private int _middleIndex;

    /// <summary>Nobody knows what was before the next message in its turn.</summary>
    private bool _isForgotten;

    /// <summary>What was known before the first entry.</summary>
    public Checkpoint Start => _start!;

    public ReadOnlySpan<HeardReading> Entries => _entries.AsSpan(0, _count);

    /// <summary>A device that was never heard: everything that comes is known.</summary>
    /// <param name="nothing">What is known of it, shared by all.</param>
    public void BeginWith(Checkpoint nothing)
    {
        if (!_isForgotten)
            _start ??= nothing;
    }

    /// <summary>Something else than readings changed what the rules know.</summary>
    public void Forget()
    {
        (_start, _ownsStart, _middle, _middleIndex, _count, _staged) = (null, false, null, 0, 0, 0);
        _isForgotten = true;
    }

    /// <summary>Notes a reading of the message that is observed next.</summary>
    public void Stage(long at, int slot, in MetricValue value)
    {
        if (_count + _staged == _entries.Length)
            Array.Resize(ref _entries, Math.Max(FirstEntries, _entries.Length * 2));
        ref HeardReading entry = ref _entries[_count + _staged++];
        (entry.At, entry.Slot, entry.EndsMessage, entry.Value) = (at, slot, false, value);
    }

    /// <summary>The message is the newest.</summary>
    public void Append(long at)
    {
        if (_staged == 0 && scope.CountsAllMessages)
            Stage(at, HeardReading.NoSlot, default);
        _count += End();
    }

    /// <summary>After the newest message was judged.</summary>
    public void Note(RuleState state, ReadOnlySpan<MetricSlot> values)
    {
        if (_start is null)
        {
            (_start, _ownsStart, _count) = (Checkpoint.Of(state, values[..scope.Slots]), true, 0);
        }
        else if (
            _count - _middleIndex >= scope.MostReadings
            || (_count > _middleIndex && state.NewestAt - _entries[_middleIndex].At >= scope.Reach)
        )
            BeginPart(state, values);
    }

    /// <summary>
    /// Puts a late message where it lies, behind others of the same time. Null, and it is left out, when it lies before all that is known,
    /// or further behind <paramref name="newestAt"/> than the longest reach.
    /// </summary>
    public HistoryPlace? Insert(long at, long newestAt)
    {
        if (_start is null || at < _start.State.NewestAt || at < newestAt - HistoryScope.LongestReach)
        {
            _staged = 0;
            return null;
        }
        if (_staged == 0)
            Stage(at, HeardReading.NoSlot, default);
        int length = End();
        int index = _count;
        while (index > 0 && _entries[index - 1].At > at)
            index--;
        Span<HeardReading> moved = _entries.AsSpan(index, _count + length - index);
        HeardReading[] message = moved[^length..].ToArray();
        moved[..^length].CopyTo(moved[length..]);
        message.CopyTo(moved);
        _count += length;
        bool isInNewerPart = _middle is not null && index >= _middleIndex && at >= _middle.State.NewestAt;
        if (!isInNewerPart && _middle is not null)
            _middleIndex += length;
        return new HistoryPlace(index, length, isInNewerPart ? _middle! : _start, isInNewerPart ? _middleIndex : 0);
    }

    /// <summary>Where the newer part begins, when a late message changed what was known there; else -1.</summary>
    public int MiddleBehind(in HistoryPlace place) => _middle is not null && place.Index < _middleIndex ? _middleIndex : -1;

    public void CorrectMiddle(Checkpoint known) => _middle!.Take(known.State, known.Slots);

    /// <summary>How many of the oldest entries are too many; they end with a message.</summary>
    public int TooMany
    {
        get
        {
            int older = _middle is null ? 0 : _middleIndex;
            int excess = older <= scope.MostWithLate ? 0 : older - scope.MostReadings;
            while (excess > 0 && !_entries[excess - 1].EndsMessage)
                excess--;
            return excess;
        }
    }

    /// <summary>Lets go of the oldest entries; what was known behind them is now the start.</summary>
    public void DropOldest(int count, Checkpoint known)
    {
        (_start, _ownsStart) = (known, true);
        Drop(count);
    }

    private void BeginPart(RuleState state, ReadOnlySpan<MetricSlot> values)
    {
        Checkpoint? spare = null;
        if (_middle is not null)
        {
            (spare, _start) = (_ownsStart ? _start : null, _middle);
            _ownsStart = true;
            Drop(_middleIndex);
        }
        if (spare is null)
            spare = Checkpoint.Of(state, values[..scope.Slots]);
        else
            spare.Take(state, values);
        (_middle, _middleIndex) = (spare, _count);
    }

    private void Drop(int count)
    {
        ReadOnlySpan<HeardReading> kept = _entries.AsSpan(count, _count - count);
        // What many late ones took is given back.
        HeardReading[] entries = _entries.Length > 4 * scope.MostReadings ? new HeardReading[kept.Length + FirstEntries] : _entries;
        kept.CopyTo(entries);
        (_entries, _count) = (entries, kept.Length);
        _middleIndex = Math.Max(0, _middleIndex - count);
    }

    private int End()
    {
        int length = _staged;
        if (length > 0)
            _entries[_count + length - 1].EndsMessage = true;
        _staged = 0;
        return length;
    }
}

/// <summary>Where a late message was put.</summary>
/// <param name="Index">Of its first entry.</param>
/// <param name="Length">So many entries.</param>
/// <param name="From">What was known before it, and before <paramref name="FromIndex"/>.</param>
internal readonly record struct HistoryPlace(int Index, int Length, Checkpoint From, int FromIndex);
