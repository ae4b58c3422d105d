using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Incoming;

/// <summary>Topic aliases that a client has set on its connection.</summary>
internal sealed class IncomingAliases(int maximum)
{
    private byte[]?[]? _topics;

    public static IncomingAliases None { get; } = new(0);

    /// <summary>The topic that a PUBLISH means.</summary>
    /// <exception cref="MqttProtocolException">The alias is above the maximum (0x94) or was never set (0x82).</exception>
    public ReadOnlySpan<byte> Resolve(in PublishView publish)
    {
        if (publish.TopicAlias == 0)
            return publish.Topic;
        if (publish.TopicAlias > maximum)
            // MQTT5 [MQTT-3.3.2-9]
            throw new MqttProtocolException(ReasonCode.TopicAliasInvalid, $"Topic alias {publish.TopicAlias} exceeds {maximum}.");
        _topics ??= new byte[]?[maximum];
        ref byte[]? known = ref _topics[publish.TopicAlias - 1];
        if (!publish.Topic.IsEmpty)
            known = publish.Topic.SequenceEqual(known) ? known : publish.Topic.ToArray(); // MQTT5 [MQTT-3.3.2-12]
        // MQTT5 section 3.3.2.3.4
        return known ?? throw new MqttProtocolException(ReasonCode.ProtocolError, $"Topic alias {publish.TopicAlias} was never set.");
    }
}
