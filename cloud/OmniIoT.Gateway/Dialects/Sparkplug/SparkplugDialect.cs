using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using OmniIoT.Dialects.Sparkplug;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports;
using OmniIoT.Ports.Metrics;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>
/// A Sparkplug B host application within the gateway. What a node says over a connection is followed by the connection's
/// <see cref="NodeLink"/>: with the connection the node ends, so that its will has nothing to add.
/// </summary>
internal sealed class SparkplugDialect(
    SparkplugOptions options,
    DeviceDirectory directory,
    HostStatePublisher state,
    LinkParts parts,
    OmniMetrics metrics,
    ILogger<SparkplugDialect> logger
) : IDialect
{
    private readonly ConcurrentDictionary<Connection, NodeLink> _links = [];

    public byte MaximumQos => (byte)QualityOfService.AtLeastOnce;

    public bool IsForNativeSignIn(EntityKind kind) => kind is EntityKind.Device;

    public DeviceDirectory Directory => directory;

    public SparkplugOptions Options => options;

    public OmniMetrics Metrics => metrics;

    /// <summary>Where devices are reached now.</summary>
    public LiveTargets Targets { get; } = new();

    public bool Speaks(PrincipalScope scope, ReadOnlySpan<byte> topic) =>
        topic.StartsWith(SparkplugTopic.Prefix) || topic.StartsWith(HostState.OldPrefix);

    public void Publish(Connection connection, in IncomingMessage message, ushort packetIdentifier)
    {
        connection.Batch.MessageCount++; // What its principal may publish in a second counts it.
        connection.HandleLater(
            new SparkplugRequest(
                this,
                Encoding.UTF8.GetString(message.Topic),
                message.Payload.ToArray(),
                (QualityOfService)message.Qos,
                packetIdentifier,
                parts.Time.Now()
            )
        );
    }

    // The node's death follows from the end of its connection, which comes at once.
    public ValueTask PublishWillAsync(Session session, WillMessage will) => ValueTask.CompletedTask;

    public async ValueTask SubscribedAsync(Connection connection, SessionSubscription subscription)
    {
        state.Tell(subscription);
        if (_links.TryGetValue(connection, out NodeLink? link))
            await link.CommandsHeardAsync();
    }

    public IEnumerable<Utterance> Say(Downlink downlink) => Targets.Find(downlink.Target)?.Say(downlink) ?? [];

    public async ValueTask EndedAsync(Connection connection)
    {
        if (_links.TryRemove(connection, out NodeLink? link))
            await link.EndAsync();
    }

    public ValueTask StartedAsync() => state.PublishAsync(isOnline: true);

    public ValueTask StoppingAsync() => state.PublishAsync(isOnline: false);

    public void Beat(Instant now)
    {
        foreach (NodeLink link in _links.Values)
            link.Beat(now);
    }

    /// <summary>A node was asked to be born again.</summary>
    public void Asked(LinkedNode node, EntityId grain, string why)
    {
        metrics.SparkplugRebirths.Add(1);
        Log.RebirthWanted(logger, node.Group, node.Name, grain.Key, why);
    }

    /// <summary>What is known of the nodes that speak over a connection.</summary>
    public NodeLink LinkOf(Connection connection)
    {
        NodeLink link = _links.GetOrAdd(
            connection,
            static (connection, own) => new NodeLink(own.Dialect, own.Parts, connection),
            (Dialect: this, Parts: parts)
        );
        if (connection.Ending is not null && link.IsUnused)
            _links.TryRemove(connection, out _); // Its end has passed by, perhaps.
        return link;
    }
}
