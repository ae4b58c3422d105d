using OmniIoT.Ports.Commit;

namespace OmniIoT.Commit;

/// <summary>What waits for the next commit. Many add, one thread takes.</summary>
/// <param name="patience">Longest wait for what is expected; whole milliseconds.</param>
internal sealed class CommitQueue(TimeSpan patience)
{
    private readonly object _gate = new();
    private readonly Stack<List<CommitUnit>> _spare = [];
    private List<CommitUnit> _waiting = [];
    private int _expected;
    private bool _completed;

    public int Count
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>False once the queue is completed.</summary>
    public bool TryAdd(CommitUnit unit)
    {
        lock (_gate)
        {
            if (_completed)
                return false;
            _waiting.Add(unit);
            if (_waiting.Count == 1)
                Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <inheritdoc cref="ICommitter.Expect"/>
    public void Expect() => Interlocked.Increment(ref _expected);

    /// <inheritdoc cref="ICommitter.Met"/>
    public void Met()
    {
        if (Interlocked.Decrement(ref _expected) > 0)
            return;
        lock (_gate)
            Monitor.Pulse(_gate);
    }

    /// <summary>
    /// Waits for units, and a moment for those that are expected, and takes all there are; the list is the caller's until it is given back.
    /// Null when completed and empty.
    /// </summary>
    public List<CommitUnit>? Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_completed)
                    return null;
                Monitor.Wait(_gate);
            }
            if (Volatile.Read(ref _expected) > 0)
                Monitor.Wait(_gate, patience);
            List<CommitUnit> taken = _waiting;
            _waiting = _spare.TryPop(out List<CommitUnit>? spare) ? spare : [];
            return taken;
        }
    }

    /// <summary>The list of an earlier <see cref="Take"/> is not used any more.</summary>
    public void GiveBack(List<CommitUnit> units)
    {
        units.Clear();
        lock (_gate)
            _spare.Push(units);
    }

    /// <summary>Nothing is added any more; what waits is still taken.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
