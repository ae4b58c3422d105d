using OmniIoT.Gateway.Connections;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>A message of a node, copied out of the read burst.</summary>
internal sealed class SparkplugRequest(
    SparkplugDialect dialect,
    string topic,
    byte[] payload,
    QualityOfService qos,
    ushort packetIdentifier,
    Instant receivedAt
) : PendingRequest
{
    public string Topic { get; } = topic;

    public byte[] Payload { get; } = payload;

    public QualityOfService Qos { get; } = qos;

    public ushort PacketIdentifier { get; } = packetIdentifier;

    public Instant ReceivedAt { get; } = receivedAt;

    public override ValueTask HandleAsync(Connection connection) => dialect.LinkOf(connection).ReceiveAsync(this);
}
