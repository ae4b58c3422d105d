using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Wire;

/// <summary>Reads MQTT's data types from a packet's body; whatever does not fit is a malformed packet.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    public readonly bool IsEmpty => _rest.IsEmpty;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte ReadByte()
    {
        if (_rest.IsEmpty)
            ThrowTruncated();
        byte value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(ReadBytes(sizeof(ushort)));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(ReadBytes(sizeof(uint)));

    public int ReadVariableByteInteger()
    {
        OperationStatus status = VariableByteInteger.TryRead(_rest, out int value, out int length);
        if (status == OperationStatus.NeedMoreData)
            ThrowTruncated();
        if (status != OperationStatus.Done)
            MqttProtocolException.ThrowMalformed("A variable byte integer has more than four bytes.");
        if (length != VariableByteInteger.SizeOf(value))
            MqttProtocolException.ThrowMalformed("A variable byte integer is longer than needed."); // MQTT5 [MQTT-1.5.5-1]
        _rest = _rest[length..];
        return value;
    }

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (_rest.Length < count)
            ThrowTruncated();
        ReadOnlySpan<byte> value = _rest[..count];
        _rest = _rest[count..];
        return value;
    }

    public ReadOnlySpan<byte> ReadBinary() => ReadBytes(ReadUInt16());

    /// <summary>Text as its bytes, proven to be valid.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        ReadOnlySpan<byte> utf8 = ReadBinary();
        if (!Utf8Text.IsValid(utf8))
            MqttProtocolException.ThrowMalformed("Text is not well-formed UTF-8 or contains U+0000.");
        return utf8;
    }

    public string ReadString() => Encoding.UTF8.GetString(ReadUtf8());

    /// <summary>Who somebody is, or under what: text without control characters.</summary>
    public string ReadName()
    {
        ReadOnlySpan<byte> utf8 = ReadUtf8();
        if (Utf8Text.HasControl(utf8))
            MqttProtocolException.ThrowMalformed("A name with a control character."); // MQTT5 [MQTT-1.5.4-2], MQTT311 [MQTT-1.5.3-2]
        return Encoding.UTF8.GetString(utf8);
    }

    /// <summary>The 5.0 property section: its length, then that many bytes.</summary>
    public ReadOnlySpan<byte> ReadProperties() => ReadBytes(ReadVariableByteInteger());

    /// <summary>A packet identifier, which is never 0.</summary>
    public ushort ReadPacketIdentifier()
    {
        ushort identifier = ReadUInt16();
        if (identifier == 0)
            MqttProtocolException.ThrowMalformed("Packet identifier 0."); // MQTT5 [MQTT-2.2.1-3] [MQTT-2.2.1-4], MQTT311 [MQTT-2.3.1-1]
        return identifier;
    }

    public readonly void RequireEnd()
    {
        if (!_rest.IsEmpty)
            MqttProtocolException.ThrowMalformed($"{_rest.Length} bytes too many at the packet's end.");
    }

    private static void ThrowTruncated() => MqttProtocolException.ThrowMalformed("The packet ends inside a field.");
}
