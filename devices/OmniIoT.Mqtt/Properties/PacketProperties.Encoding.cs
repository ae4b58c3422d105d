using System.Collections.Immutable;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Properties;

public sealed partial record PacketProperties
{
    /// <summary>The section's bytes for <paramref name="packet"/>, without the length in front.</summary>
    /// <exception cref="ArgumentException">A property that this packet must not carry, or a value that 5.0 forbids.</exception>
    public byte[] Encode(PacketType packet)
    {
        if (this == None)
            return [];
        WireWriter writer = new(64);
        try
        {
            WriteAll(ref writer);
            RequireAllowed(writer.Written, packet);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Writes length and section into a 5.0 packet, nothing into a 3.1.1 packet.</summary>
    internal void Write(ref WireWriter writer, ProtocolVersion version, PacketType packet)
    {
        if (version != ProtocolVersion.V5)
            return;
        byte[] section = Encode(packet);
        writer.WriteVariableByteInteger(section.Length); // MQTT5 [MQTT-2.2.2-1]: length 0 stands for none.
        writer.WriteBytes(section);
    }

    private static void RequireAllowed(ReadOnlySpan<byte> section, PacketType packet)
    {
        try
        {
            PropertyRules.Validate(section, packet);
        }
        catch (MqttProtocolException refusal)
        {
            throw new ArgumentException(refusal.Message, nameof(packet), refusal);
        }
    }

    // MQTT5 section 2.2.2.2 gives the order no meaning. Suites that compare CONNACK byte by byte expect this one, which is mosquitto's;
    // the others stand in order of identifier.
    private void WriteAll(ref WireWriter writer)
    {
        WriteUInt16(ref writer, PropertyId.ServerKeepAlive, ServerKeepAliveSeconds);
        WriteUInt16(ref writer, PropertyId.TopicAliasMaximum, TopicAliasMaximum);
        WriteText(ref writer, PropertyId.AssignedClientIdentifier, AssignedClientIdentifier);
        WriteUInt32(ref writer, PropertyId.MaximumPacketSize, MaximumPacketSize);
        WriteUInt16(ref writer, PropertyId.ReceiveMaximum, ReceiveMaximum);
        WriteByte(ref writer, PropertyId.PayloadFormatIndicator, PayloadFormatIndicator);
        WriteUInt32(ref writer, PropertyId.MessageExpiryInterval, MessageExpiryIntervalSeconds);
        WriteText(ref writer, PropertyId.ContentType, ContentType);
        WriteText(ref writer, PropertyId.ResponseTopic, ResponseTopic);
        WriteBinary(ref writer, PropertyId.CorrelationData, CorrelationData);
        WriteSubscriptionIdentifiers(ref writer, SubscriptionIdentifiers);
        WriteUInt32(ref writer, PropertyId.SessionExpiryInterval, SessionExpiryIntervalSeconds);
        WriteText(ref writer, PropertyId.AuthenticationMethod, AuthenticationMethod);
        WriteBinary(ref writer, PropertyId.AuthenticationData, AuthenticationData);
        WriteFlag(ref writer, PropertyId.RequestProblemInformation, RequestProblemInformation);
        WriteUInt32(ref writer, PropertyId.WillDelayInterval, WillDelayIntervalSeconds);
        WriteFlag(ref writer, PropertyId.RequestResponseInformation, RequestResponseInformation);
        WriteText(ref writer, PropertyId.ResponseInformation, ResponseInformation);
        WriteText(ref writer, PropertyId.ServerReference, ServerReference);
        WriteText(ref writer, PropertyId.ReasonString, ReasonString);
        WriteUInt16(ref writer, PropertyId.TopicAlias, TopicAlias);
        WriteByte(ref writer, PropertyId.MaximumQos, (byte?)MaximumQos);
        WriteFlag(ref writer, PropertyId.RetainAvailable, RetainAvailable);
        WriteUserProperties(ref writer, UserProperties);
        WriteFlag(ref writer, PropertyId.WildcardSubscriptionAvailable, WildcardSubscriptionAvailable);
        WriteFlag(ref writer, PropertyId.SubscriptionIdentifierAvailable, SubscriptionIdentifierAvailable);
        WriteFlag(ref writer, PropertyId.SharedSubscriptionAvailable, SharedSubscriptionAvailable);
    }

    private static void WriteByte(ref WireWriter writer, PropertyId id, byte? value)
    {
        if (value is not { } present)
            return;
        writer.WriteByte((byte)id);
        writer.WriteByte(present);
    }

    private static void WriteFlag(ref WireWriter writer, PropertyId id, bool? value) =>
        WriteByte(ref writer, id, value is { } present ? (byte)(present ? 1 : 0) : null);

    private static void WriteUInt16(ref WireWriter writer, PropertyId id, ushort? value)
    {
        if (value is not { } present)
            return;
        writer.WriteByte((byte)id);
        writer.WriteUInt16(present);
    }

    private static void WriteUInt32(ref WireWriter writer, PropertyId id, uint? value)
    {
        if (value is not { } present)
            return;
        writer.WriteByte((byte)id);
        writer.WriteUInt32(present);
    }

    private static void WriteText(ref WireWriter writer, PropertyId id, string? value)
    {
        if (value is null)
            return;
        writer.WriteByte((byte)id);
        writer.WriteString(value);
    }

    private static void WriteBinary(ref WireWriter writer, PropertyId id, ReadOnlyMemory<byte>? value)
    {
        if (value is not { } present)
            return;
        writer.WriteByte((byte)id);
        writer.WriteBinary(present.Span);
    }

    private static void WriteSubscriptionIdentifiers(ref WireWriter writer, ImmutableArray<int> identifiers)
    {
        foreach (int identifier in identifiers)
        {
            writer.WriteByte((byte)PropertyId.SubscriptionIdentifier);
            writer.WriteVariableByteInteger(identifier);
        }
    }

    private static void WriteUserProperties(ref WireWriter writer, ImmutableArray<UserProperty> properties)
    {
        foreach (UserProperty property in properties)
        {
            writer.WriteByte((byte)PropertyId.UserProperty);
            writer.WriteString(property.Name);
            writer.WriteString(property.Value);
        }
    }
}
