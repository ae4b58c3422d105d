using System.Collections.Concurrent;
using OmniIoT.Gateway.Options;

namespace OmniIoT.Gateway.Connections;

/// <summary>The connections that are open, signed in or not.</summary>
internal sealed class ConnectionRegistry
{
    private readonly ConcurrentDictionary<Connection, Task> _connections = [];
    private readonly ConcurrentDictionary<string, int> _perAddress = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public IEnumerable<Connection> All() => _connections.Select(entry => entry.Key);

    /// <summary>False when there are as many as the options allow already, in all or of its address.</summary>
    public bool TryAdd(Connection connection, Task ended, MqttGatewayOptions options)
    {
        if (Interlocked.Increment(ref _count) > options.MaximumConnections)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }
        int ofAddress = _perAddress.AddOrUpdate(connection.Transport.Address, 1, static (_, count) => count + 1);
        if (ofAddress > options.MaximumConnectionsPerAddress && options.Limits(connection.Transport))
        {
            Forget(connection);
            return false;
        }
        _connections[connection] = ended;
        return true;
    }

    public void Remove(Connection connection)
    {
        if (_connections.TryRemove(connection, out _))
            Forget(connection);
    }

    /// <summary>Completes when every connection that is open now has ended.</summary>
    public Task WhenAllEndedAsync() => Task.WhenAll(_connections.Values);

    private void Forget(Connection connection)
    {
        Interlocked.Decrement(ref _count);
        string address = connection.Transport.Address;
        if (_perAddress.AddOrUpdate(address, 0, static (_, count) => count - 1) == 0)
            _perAddress.TryRemove(KeyValuePair.Create(address, 0)); // Only if nobody came meanwhile.
    }
}
