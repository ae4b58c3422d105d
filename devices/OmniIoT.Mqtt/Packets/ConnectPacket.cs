using System.Buffers;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Packets;

/// <summary>The client's request for a connection.</summary>
/// <param name="ClientId">May be empty. Refusing an empty one in 3.1.1 without clean session (return code 2,
/// MQTT311 [MQTT-3.1.3-8]) is the server's part, because it has to answer.</param>
public sealed record ConnectPacket(ProtocolVersion Version, string ClientId)
{
    private const byte ReservedFlag = 0x01;
    private const byte CleanStartFlag = 0x02;
    private const byte WillFlag = 0x04;
    private const byte WillQosMask = 0x18;
    private const byte WillRetainFlag = 0x20;
    private const byte PasswordFlag = 0x40;
    private const byte UserNameFlag = 0x80;

    /// <summary>Clean Start in 5.0, Clean Session in 3.1.1.</summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>0 turns the keep-alive off.</summary>
    public ushort KeepAliveSeconds { get; init; }

    public WillMessage? Will { get; init; }

    public string? UserName { get; init; }

    public ReadOnlyMemory<byte>? Password { get; init; }

    public PacketProperties Properties { get; init; } = PacketProperties.None;

    /// <summary>
    /// The protocol level that a CONNECT names, valid or not, so that a refusal can be put in the form its sender
    /// understands; null when the body does not reach that far.
    /// </summary>
    public static byte? PeekProtocolLevel(ReadOnlySpan<byte> body)
    {
        if (body.Length < 2)
            return null;
        int level = 2 + ((body[0] << 8) | body[1]);
        return level < body.Length ? body[level] : null;
    }

    /// <summary>Decodes a frame's body.</summary>
    /// <exception cref="MqttProtocolException">0x84 for a protocol other than MQTT 3.1.1 or 5.0, 0x81 or 0x82 for a broken
    /// packet.</exception>
    public static ConnectPacket Decode(ReadOnlySpan<byte> body)
    {
        WireReader reader = new(body);
        ProtocolVersion version = ReadVersion(ref reader);
        byte flags = reader.ReadByte();
        RequireValidFlags(flags, version);
        ushort keepAlive = reader.ReadUInt16();
        PacketProperties properties = PacketProperties.Read(ref reader, version, PacketType.Connect);
        // MQTT5 [MQTT-3.1.3-3] [MQTT-3.1.3-4], MQTT311 [MQTT-3.1.3-3] [MQTT-3.1.3-4]
        ConnectPacket packet = new(version, reader.ReadName())
        {
            CleanStart = (flags & CleanStartFlag) != 0,
            KeepAliveSeconds = keepAlive,
            Properties = properties,
            Will = (flags & WillFlag) != 0 ? ReadWill(ref reader, version, flags) : null,
            // MQTT5 [MQTT-3.1.2-17] [MQTT-3.1.3-12], MQTT311 [MQTT-3.1.2-19] [MQTT-3.1.3-11]
            UserName = (flags & UserNameFlag) != 0 ? reader.ReadName() : null,
            // MQTT5 [MQTT-3.1.2-19], MQTT311 [MQTT-3.1.2-21]
            Password = (flags & PasswordFlag) != 0 ? reader.ReadBinary().ToArray() : default(ReadOnlyMemory<byte>?),
        };
        reader.RequireEnd(); // MQTT5 [MQTT-3.1.3-1], MQTT311 [MQTT-3.1.3-1]: what no flag announced must not be there.
        return packet;
    }

    /// <exception cref="ArgumentException">A combination that <see cref="Version"/> does not allow.</exception>
    public void Encode(IBufferWriter<byte> output)
    {
        if (Version == ProtocolVersion.V311 && Password is not null && UserName is null)
            throw new ArgumentException("3.1.1 takes a password only with a user name."); // MQTT311 [MQTT-3.1.2-22]
        WireWriter writer = new(256);
        try
        {
            writer.WriteString("MQTT");
            writer.WriteByte((byte)Version);
            writer.WriteByte(Flags());
            writer.WriteUInt16(KeepAliveSeconds);
            Properties.Write(ref writer, Version, PacketType.Connect);
            writer.WriteString(ClientId);
            if (Will is not null)
                WriteWill(ref writer, Will);
            if (UserName is not null)
                writer.WriteString(UserName);
            if (Password is { } password)
                writer.WriteBinary(password.Span);
            writer.CompletePacket(PacketType.Connect, output);
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Keeps credentials out of logs.</summary>
    public override string ToString() => $"CONNECT {Version} '{ClientId}' cleanStart={CleanStart} keepAlive={KeepAliveSeconds}s";

    private static ProtocolVersion ReadVersion(ref WireReader reader)
    {
        if (!reader.ReadUtf8().SequenceEqual("MQTT"u8))
            // MQTT5 [MQTT-3.1.2-1], MQTT311 [MQTT-3.1.2-1]
            MqttProtocolException.Throw(ReasonCode.UnsupportedProtocolVersion, "The protocol is not MQTT.");
        ProtocolVersion level = (ProtocolVersion)reader.ReadByte();
        if (level is not (ProtocolVersion.V311 or ProtocolVersion.V5))
            // MQTT5 [MQTT-3.1.2-2], MQTT311 [MQTT-3.1.2-2]
            MqttProtocolException.Throw(ReasonCode.UnsupportedProtocolVersion, $"Protocol level {(byte)level}.");
        return level;
    }

    private static void RequireValidFlags(byte flags, ProtocolVersion version)
    {
        if ((flags & ReservedFlag) != 0)
            MqttProtocolException.ThrowMalformed("The reserved flag is set in CONNECT."); // MQTT5 [MQTT-3.1.2-3], MQTT311 [MQTT-3.1.2-3]
        if ((flags & WillFlag) == 0 && (flags & (WillQosMask | WillRetainFlag)) != 0)
            // MQTT5 [MQTT-3.1.2-11] [MQTT-3.1.2-13], MQTT311 [MQTT-3.1.2-13] [MQTT-3.1.2-15]
            MqttProtocolException.ThrowMalformed("Will QoS or will retain without a will.");
        if ((flags & WillQosMask) == WillQosMask)
            MqttProtocolException.ThrowMalformed("Will QoS 3."); // MQTT5 [MQTT-3.1.2-12], MQTT311 [MQTT-3.1.2-14]
        if (version == ProtocolVersion.V311 && (flags & (UserNameFlag | PasswordFlag)) == PasswordFlag)
            MqttProtocolException.ThrowMalformed("A password without a user name."); // MQTT311 [MQTT-3.1.2-22]
    }

    private static WillMessage ReadWill(ref WireReader reader, ProtocolVersion version, byte flags)
    {
        ReadOnlySpan<byte> properties = version == ProtocolVersion.V5 ? reader.ReadProperties() : default;
        PacketProperties decoded = PacketProperties.Decode(properties, PropertyRules.Will);
        ReadOnlySpan<byte> topic = reader.ReadUtf8(); // MQTT5 [MQTT-3.1.3-11], MQTT311 [MQTT-3.1.3-10]
        if (!TopicName.IsValid(topic))
            // MQTT5 [MQTT-4.7.0-1] [MQTT-4.7.3-1], MQTT311 [MQTT-4.7.1-1] [MQTT-4.7.3-1]
            MqttProtocolException.ThrowMalformed("The will topic is no topic name.");
        return new WillMessage(Utf8Text.Strict.GetString(topic), reader.ReadBinary().ToArray())
        {
            Qos = (QualityOfService)((flags & WillQosMask) >> 3),
            Retain = (flags & WillRetainFlag) != 0,
            Properties = decoded,
            EncodedProperties = properties.ToArray(),
        };
    }

    private void WriteWill(ref WireWriter writer, WillMessage will)
    {
        if (!TopicName.IsValid(will.Topic))
            throw new ArgumentException($"'{will.Topic}' is no topic name.");
        will.Properties.Write(ref writer, Version, PropertyRules.Will);
        writer.WriteString(will.Topic);
        writer.WriteBinary(will.Payload.Span);
    }

    private byte Flags() =>
        (byte)(
            (CleanStart ? CleanStartFlag : 0)
            | (Will is null ? 0 : WillFlag | ((int)Will.Qos << 3) | (Will.Retain ? WillRetainFlag : 0))
            | (Password is null ? 0 : PasswordFlag)
            | (UserName is null ? 0 : UserNameFlag)
        );
}
