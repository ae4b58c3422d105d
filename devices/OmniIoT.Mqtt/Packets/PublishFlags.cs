using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Packets;

/// <summary>The flags of a PUBLISH packet: MQTT5 section 3.3.1, MQTT311 section 3.3.1.</summary>
/// <param name="Dup">Whether it was sent before; without meaning at QoS 0.</param>
public readonly record struct PublishFlags(QualityOfService Qos, bool Retain = false, bool Dup = false)
{
    /// <summary>Neither retained nor sent before.</summary>
    public static implicit operator PublishFlags(QualityOfService qos) => new(qos);

    internal byte FirstByte =>
        (byte)(
            ((int)PacketType.Publish << 4)
            | (Dup && Qos != QualityOfService.AtMostOnce ? PublishView.DupFlag : 0) // MQTT5 [MQTT-3.3.1-2], MQTT311 [MQTT-3.3.1-2]
            | ((int)Qos << 1)
            | (Retain ? PublishView.RetainFlag : 0)
        );
}
