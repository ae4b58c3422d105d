using System.Collections.Concurrent;

namespace OmniIoT.Gateway.Connections;

/// <summary>The connections that are open, signed in or not.</summary>
internal sealed class ConnectionRegistry
{
    private readonly ConcurrentDictionary<Connection, Task> _connections = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public IEnumerable<Connection> All() => _connections.Select(entry => entry.Key);

    /// <summary>False when there are <paramref name="maximum"/> already.</summary>
    public bool TryAdd(Connection connection, Task ended, int maximum)
    {
        if (Interlocked.Increment(ref _count) > maximum)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }
        _connections[connection] = ended;
        return true;
    }

    public void Remove(Connection connection)
    {
        if (_connections.TryRemove(connection, out _)) Interlocked.Decrement(ref _count);
    }

    /// <summary>Completes when every connection that is open now has ended.</summary>
    public Task WhenAllEndedAsync() => Task.WhenAll(_connections.Values);
}
