namespace OmniIoT.Telemetry.Sqlite.Partitions;

/// <summary>Keeps the values used last open and disposes the others. Safe for concurrent use.</summary>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity, Func<TKey, TValue> open) : IDisposable
    where TKey : notnull
    where TValue : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _byKey = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _newestFirst = [];

    public TValue Get(TKey key)
    {
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out LinkedListNode<(TKey Key, TValue Value)>? node))
                _newestFirst.Remove(node);
            else
                node = new LinkedListNode<(TKey Key, TValue Value)>((key, open(key)));
            _byKey[key] = node;
            _newestFirst.AddFirst(node);
            if (_newestFirst.Count > capacity)
                Remove(_newestFirst.Last!);
            return node.Value.Value;
        }
    }

    /// <summary>Disposes a value, if it is open.</summary>
    public void Remove(TKey key)
    {
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out LinkedListNode<(TKey Key, TValue Value)>? node))
                Remove(node);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            while (_newestFirst.Last is { } node)
                Remove(node);
        }
    }

    private void Remove(LinkedListNode<(TKey Key, TValue Value)> node)
    {
        _newestFirst.Remove(node);
        _byKey.Remove(node.Value.Key);
        node.Value.Value.Dispose();
    }
}
