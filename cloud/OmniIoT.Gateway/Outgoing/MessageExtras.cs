using OmniIoT.Mqtt.Properties;

namespace OmniIoT.Gateway.Outgoing;

/// <summary>What a message carries besides topic and payload. Shared by all who get the message.</summary>
/// <param name="Properties">Encoded properties that are forwarded unaltered: MQTT5 [MQTT-3.3.2-4] [MQTT-3.3.2-15] [MQTT-3.3.2-16]
/// [MQTT-3.3.2-17] [MQTT-3.3.2-20].</param>
/// <param name="ExpiresAt">Worthless from then on; null never.</param>
/// <param name="Reference">What a downlink stands for, in its sender's words.</param>
internal sealed record MessageExtras(byte[] Properties, Instant? ExpiresAt, string? Reference)
{
    public static MessageExtras None { get; } = new([], null, null);

    /// <summary>Takes what is forwarded out of a publisher's or a will's properties; <see cref="None"/> when there is nothing.</summary>
    public static MessageExtras From(PropertySection section, Instant receivedAt)
    {
        if (section.IsEmpty)
            return None;
        Instant? expiresAt = null;
        Span<byte> kept = section.Bytes.Length <= 512 ? stackalloc byte[section.Bytes.Length] : new byte[section.Bytes.Length];
        int length = 0;
        foreach (PropertyView property in section)
        {
            if (property.Id == PropertyId.MessageExpiryInterval)
                expiresAt = receivedAt + TimeSpan.FromSeconds(property.Number);
            else if (property.Id is not (PropertyId.TopicAlias or PropertyId.SubscriptionIdentifier or PropertyId.WillDelayInterval))
                length += PropertyBytes.Write(kept[length..], property);
        }
        return length == 0 && expiresAt is null ? None : new MessageExtras(kept[..length].ToArray(), expiresAt, null);
    }
}
