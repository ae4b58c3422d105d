using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Packets;

/// <summary>What the server publishes for a client that went without saying goodbye.</summary>
public sealed record WillMessage(string Topic, ReadOnlyMemory<byte> Payload)
{
    public QualityOfService Qos { get; init; }

    public bool Retain { get; init; }

    /// <summary>5.0 only; the will delay stands here too.</summary>
    public PacketProperties Properties { get; init; } = PacketProperties.None;

    /// <summary>
    /// The properties of a will that was received, encoded in the order they were sent; empty in one that is yet to be sent.
    /// </summary>
    public ReadOnlyMemory<byte> EncodedProperties { get; init; }
}
