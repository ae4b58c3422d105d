using System.Buffers;
using OmniIoT.Gateway.Connections;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Outgoing;

/// <summary>How one delivery differs from the message itself.</summary>
internal readonly record struct DeliveryTerms(byte Qos, bool Retain, uint[] Identifiers)
{
    /// <summary>Whether the client may have been sent it before.</summary>
    public bool IsRepeated { get; init; }

    public PublishFlags Flags => new((QualityOfService)Qos, Retain, IsRepeated);
}

/// <summary>Encodes a PUBLISH towards one client, within the limits that client named at CONNECT.</summary>
internal sealed class PublishEncoder(ProtocolVersion version, uint maximumPacketSize, int aliasMaximum)
{
    private const int LargestOnStack = 512;

    /// <summary>For 3.1.1, which names no limits.</summary>
    public static PublishEncoder Plain { get; } = new(ProtocolVersion.V311, uint.MaxValue, 0);

    private readonly OutgoingAliases? _aliases = aliasMaximum > 0 ? new OutgoingAliases(aliasMaximum) : null;

    /// <summary>
    /// Writes the packet; false when it would be larger than the client takes, and nothing was written: MQTT5 [MQTT-3.1.2-24].
    /// </summary>
    public bool TryWrite(
        ConnectionOutput output,
        ReadOnlySpan<byte> topic,
        ReadOnlySpan<byte> payload,
        MessageExtras extras,
        in DeliveryTerms terms,
        ushort packetIdentifier,
        Instant now
    )
    {
        using ConnectionOutput.Appender appender = output.Append();
        if (version == ProtocolVersion.V311)
            return TryWrite(appender.Bytes, topic, payload, terms.Flags, packetIdentifier, []);
        ushort alias = 0;
        bool isNew = false;
        if (_aliases is not null)
            alias = _aliases.Find(topic, out isNew);
        int length =
            PropertyBytes.ExpiryLength
            + PropertyBytes.AliasLength
            + (terms.Identifiers.Length * PropertyBytes.MaximumIdentifierLength)
            + extras.Properties.Length;
        byte[]? rented = length > LargestOnStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> properties = rented ?? stackalloc byte[LargestOnStack];
        length = WriteProperties(properties, extras, terms, alias, now);
        ReadOnlySpan<byte> sentTopic = alias != 0 && !isNew ? default : topic;
        bool written = TryWrite(appender.Bytes, sentTopic, payload, terms.Flags, packetIdentifier, properties[..length]);
        if (written && isNew)
            _aliases!.Set(topic, alias);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return written;
    }

    private static int WriteProperties(Span<byte> destination, MessageExtras extras, in DeliveryTerms terms, ushort alias, Instant now)
    {
        int length = 0;
        if (extras.ExpiresAt is { } expiresAt)
            length += PropertyBytes.WriteExpiry(destination, SecondsUntil(expiresAt, now)); // MQTT5 [MQTT-3.3.2-6]
        foreach (uint identifier in terms.Identifiers)
            length += PropertyBytes.WriteSubscriptionIdentifier(destination[length..], identifier);
        if (alias != 0)
            length += PropertyBytes.WriteAlias(destination[length..], alias);
        extras.Properties.CopyTo(destination[length..]);
        return length + extras.Properties.Length;
    }

    private static uint SecondsUntil(Instant expiresAt, Instant now) =>
        (uint)Math.Clamp(Math.Ceiling((expiresAt - now).TotalSeconds), 0, uint.MaxValue);

    private bool TryWrite(
        PooledWriter destination,
        ReadOnlySpan<byte> topic,
        ReadOnlySpan<byte> payload,
        PublishFlags flags,
        ushort packetIdentifier,
        ReadOnlySpan<byte> properties
    )
    {
        if (PublishWriter.Measure(version, topic.Length, payload.Length, flags.Qos, properties.Length) > maximumPacketSize)
            return false;
        PublishWriter.Write(destination, version, topic, payload, flags, packetIdentifier, properties);
        return true;
    }
}
