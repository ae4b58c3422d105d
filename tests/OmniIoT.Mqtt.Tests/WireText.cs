using System.Buffers;
using System.Text;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Tests;

/// <summary>Decodes any packet with the public codec, says in words what it is, and encodes it again.</summary>
public static class WireText
{
    /// <summary>What the packet says, and the bytes that our encoder makes of it.</summary>
    public static (string Text, byte[] Encoded) Describe(ProtocolVersion version, PacketFrame frame)
    {
        ArrayBufferWriter<byte> output = new();
        using ContiguousBody body = frame.GetContiguousBody();
        string text = Describe(version, frame.Header, body.Span, output);
        return (text, output.WrittenSpan.ToArray());
    }

    private static string Describe(ProtocolVersion version, FixedHeader header, ReadOnlySpan<byte> body, ArrayBufferWriter<byte> output)
    {
        switch (header.Type)
        {
            case PacketType.Connect:
                ConnectPacket connect = ConnectPacket.Decode(body);
                connect.Encode(output);
                return Connect(connect);
            case PacketType.ConnAck:
                ConnAckPacket connAck = ConnAckPacket.Decode(version, body);
                connAck.Encode(version, output);
                return $"CONNACK {connAck.ReasonCode}{(connAck.SessionPresent ? " sessionPresent" : "")}{Properties(connAck.Properties, PacketType.ConnAck)}";
            case PacketType.Publish:
                return Publish(version, header.Flags, body, output);
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp:
                AckView ack = AckView.Decode(version, header.Type, body);
                AckWriter.Write(output, version, header.Type, ack.PacketIdentifier, ack.ReasonCode, ack.Properties.Bytes);
                return $"{header.Type.ToString().ToUpperInvariant()} id={ack.PacketIdentifier} {ack.ReasonCode}{Properties(ack.Properties)}";
            case PacketType.Subscribe:
                SubscribePacket subscribe = SubscribePacket.Decode(version, body);
                subscribe.Encode(version, output);
                return $"SUBSCRIBE id={subscribe.PacketIdentifier}{string.Concat(subscribe.Subscriptions.Select(Subscription))}{Properties(subscribe.Properties, header.Type)}";
            case PacketType.SubAck:
                SubAckPacket subAck = SubAckPacket.Decode(version, body);
                subAck.Encode(version, output);
                return $"SUBACK id={subAck.PacketIdentifier} {string.Join(' ', subAck.ReasonCodes)}{Properties(subAck.Properties, header.Type)}";
            case PacketType.Unsubscribe:
                UnsubscribePacket unsubscribe = UnsubscribePacket.Decode(version, body);
                unsubscribe.Encode(version, output);
                return $"UNSUBSCRIBE id={unsubscribe.PacketIdentifier} {string.Join(' ', unsubscribe.Filters)}{Properties(unsubscribe.Properties, header.Type)}";
            case PacketType.UnsubAck:
                UnsubAckPacket unsubAck = UnsubAckPacket.Decode(version, body);
                unsubAck.Encode(version, output);
                return $"UNSUBACK id={unsubAck.PacketIdentifier} {string.Join(' ', unsubAck.ReasonCodes)}".TrimEnd()
                    + Properties(unsubAck.Properties, header.Type);
            case PacketType.PingReq:
                PingPacket.Decode(body);
                PingPacket.EncodeRequest(output);
                return "PINGREQ";
            case PacketType.PingResp:
                PingPacket.Decode(body);
                PingPacket.EncodeResponse(output);
                return "PINGRESP";
            case PacketType.Disconnect:
                DisconnectPacket disconnect = DisconnectPacket.Decode(version, body);
                disconnect.Encode(version, output);
                return $"DISCONNECT {disconnect.ReasonCode}{Properties(disconnect.Properties, header.Type)}";
            default:
                AuthPacket auth = AuthPacket.Decode(body);
                auth.Encode(output);
                return $"AUTH {auth.ReasonCode}{Properties(auth.Properties, header.Type)}";
        }
    }

    private static string Connect(ConnectPacket packet)
    {
        StringBuilder text = new($"CONNECT id={packet.ClientId}{(packet.CleanStart ? " clean" : "")} keepAlive={packet.KeepAliveSeconds}");
        if (packet.Will is { } will)
            text.Append(
                $" will={will.Topic}:{Hex(will.Payload.Span)} willQos={(int)will.Qos}{(will.Retain ? " willRetain" : "")}{Properties(will.Properties, 0)}"
            );
        if (packet.UserName is { } user)
            text.Append($" user={user}");
        if (packet.Password is { } password)
            text.Append($" password={Hex(password.Span)}");
        return text.Append(Properties(packet.Properties, PacketType.Connect)).ToString();
    }

    private static string Publish(ProtocolVersion version, byte flags, ReadOnlySpan<byte> body, ArrayBufferWriter<byte> output)
    {
        PublishView publish = PublishView.Decode(version, flags, body);
        PublishWriter.Write(
            output,
            version,
            publish.Topic,
            publish.Payload,
            new PublishFlags(publish.Qos, publish.Retain, publish.Dup),
            publish.PacketIdentifier,
            publish.Properties.Bytes
        );
        return $"PUBLISH topic={Encoding.UTF8.GetString(publish.Topic)} qos={(int)publish.Qos}{(publish.Dup ? " dup" : "")}{(publish.Retain ? " retain" : "")}"
            + $"{(publish.PacketIdentifier != 0 ? $" id={publish.PacketIdentifier}" : "")} payload={Hex(publish.Payload)}{Properties(publish.Properties)}";
    }

    private static string Subscription(Subscription subscription) =>
        $" {subscription.Filter}:{(int)subscription.MaximumQos}{(subscription.NoLocal ? " noLocal" : "")}{(subscription.RetainAsPublished ? " asPublished" : "")}"
        + (subscription.RetainHandling == RetainHandling.SendAtSubscribe ? "" : $" {subscription.RetainHandling}");

    // Through the decoded record and back, so that the record's fields are proven as well.
    private static string Properties(PacketProperties properties, PacketType packet) =>
        Properties(new PropertySection(properties.Encode(packet)));

    private static string Properties(PropertySection section)
    {
        if (section.IsEmpty)
            return "";
        List<string> words = new();
        foreach (PropertyView property in section)
            words.Add($"{property.Id}={Value(property)}");
        return $" {{{string.Join(' ', words)}}}";
    }

    private static string Value(in PropertyView property) =>
        property.Id switch
        {
            PropertyId.UserProperty => $"{Encoding.UTF8.GetString(property.Name)}:{Encoding.UTF8.GetString(property.Value)}",
            PropertyId.CorrelationData or PropertyId.AuthenticationData => Hex(property.Value),
            PropertyId.ContentType
            or PropertyId.ResponseTopic
            or PropertyId.AssignedClientIdentifier
            or PropertyId.AuthenticationMethod
            or PropertyId.ResponseInformation
            or PropertyId.ServerReference
            or PropertyId.ReasonString => Encoding.UTF8.GetString(property.Value),
            _ => property.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
