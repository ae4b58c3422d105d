using System.Buffers.Binary;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Gateway.Outgoing;

/// <summary>Writes the properties that the gateway forwards or adds, in the form of MQTT5 section 2.2.2.</summary>
internal static class PropertyBytes
{
    /// <summary>Bytes of a message expiry interval.</summary>
    public const int ExpiryLength = 5;

    /// <summary>Bytes of a topic alias.</summary>
    public const int AliasLength = 3;

    /// <summary>Most bytes of a subscription identifier.</summary>
    public const int MaximumIdentifierLength = 5;

    public static int WriteExpiry(Span<byte> destination, uint seconds)
    {
        destination[0] = (byte)PropertyId.MessageExpiryInterval;
        BinaryPrimitives.WriteUInt32BigEndian(destination[1..], seconds);
        return ExpiryLength;
    }

    public static int WriteAlias(Span<byte> destination, ushort alias)
    {
        destination[0] = (byte)PropertyId.TopicAlias;
        BinaryPrimitives.WriteUInt16BigEndian(destination[1..], alias);
        return AliasLength;
    }

    public static int WriteSubscriptionIdentifier(Span<byte> destination, uint identifier)
    {
        destination[0] = (byte)PropertyId.SubscriptionIdentifier;
        return 1 + VariableByteInteger.Write(destination[1..], (int)identifier);
    }

    /// <summary>Writes one of the properties that a PUBLISH forwards.</summary>
    public static int Write(Span<byte> destination, in PropertyView property)
    {
        destination[0] = (byte)property.Id;
        if (property.Id == PropertyId.PayloadFormatIndicator)
        {
            destination[1] = (byte)property.Number;
            return 2;
        }
        int length = 1;
        if (property.Id == PropertyId.UserProperty)
            length += WriteText(destination[length..], property.Name);
        return length + WriteText(destination[length..], property.Value);
    }

    private static int WriteText(Span<byte> destination, ReadOnlySpan<byte> text)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)text.Length);
        text.CopyTo(destination[2..]);
        return 2 + text.Length;
    }
}
