namespace OmniIoT.Gateway.Connections;

/// <summary>What came and needs waiting: it is handled between two bursts, before the next packet is read.</summary>
internal abstract class PendingRequest
{
    public abstract ValueTask HandleAsync(Connection connection);
}

/// <summary>A packet that needs waiting.</summary>
/// <param name="handle">What it means.</param>
internal sealed class PendingPacket<TPacket>(TPacket packet, Func<Connection, TPacket, ValueTask> handle) : PendingRequest
{
    public override ValueTask HandleAsync(Connection connection) => handle(connection, packet);
}
