using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Client;

/// <summary>A message from the server; owns its bytes.</summary>
public sealed class ReceivedMessage
{
    private readonly Action<ReceivedMessage, ReasonCode> _acknowledge;
    private int _acknowledged;

    internal ReceivedMessage(PublishView publish, Action<ReceivedMessage, ReasonCode> acknowledge)
    {
        Topic = Utf8Text.Strict.GetString(publish.Topic);
        Payload = publish.Payload.ToArray();
        Qos = publish.Qos;
        Retain = publish.Retain;
        Dup = publish.Dup;
        PacketIdentifier = publish.PacketIdentifier;
        Properties = PacketProperties.Decode(publish.Properties);
        _acknowledge = acknowledge;
    }

    public string Topic { get; }

    public ReadOnlyMemory<byte> Payload { get; }

    public QualityOfService Qos { get; }

    public bool Retain { get; }

    public bool Dup { get; }

    /// <summary>0 for QoS 0.</summary>
    public ushort PacketIdentifier { get; }

    public PacketProperties Properties { get; }

    /// <summary>
    /// Tells the server that the message is dealt with; without effect the second time, for QoS 0, and after the
    /// connection it came by is gone (the server then sends it again). Acknowledge in the order received:
    /// MQTT5 [MQTT-4.6.0-2].
    /// </summary>
    /// <param name="reasonCode">A failure refuses the message; only 5.0 can say so.</param>
    public void Acknowledge(ReasonCode reasonCode = ReasonCode.Success)
    {
        if (Qos == QualityOfService.AtMostOnce || Interlocked.Exchange(ref _acknowledged, 1) != 0)
            return;
        _acknowledge(this, reasonCode);
    }
}
