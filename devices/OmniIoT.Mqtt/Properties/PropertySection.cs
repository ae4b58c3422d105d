using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Properties;

/// <summary>
/// The encoded properties of a 5.0 packet, without the length in front. Enumerating reads them in the order they
/// were sent and allocates nothing.
/// </summary>
public readonly ref struct PropertySection(ReadOnlySpan<byte> bytes)
{
    /// <summary>The bytes as sent; a server forwards them unchanged where it must.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public bool IsEmpty => Bytes.IsEmpty;

    public Enumerator GetEnumerator() => new(Bytes);

    /// <summary>Walks the section; throws <see cref="MqttProtocolException"/> (0x81) where its structure breaks.</summary>
    public ref struct Enumerator
    {
        private WireReader _reader;

        internal Enumerator(ReadOnlySpan<byte> bytes) => _reader = new WireReader(bytes);

        public PropertyView Current { get; private set; }

        public bool MoveNext()
        {
            if (_reader.IsEmpty)
                return false;
            Current = Read((byte)Math.Min(_reader.ReadVariableByteInteger(), byte.MaxValue));
            return true;
        }

        private PropertyView Read(byte id)
        {
            PropertyId property = (PropertyId)id;
            switch (PropertyRules.TypeOf(id))
            {
                case PropertyType.Byte:
                    return new PropertyView(property, _reader.ReadByte());
                case PropertyType.TwoByteInteger:
                    return new PropertyView(property, _reader.ReadUInt16());
                case PropertyType.FourByteInteger:
                    return new PropertyView(property, _reader.ReadUInt32());
                case PropertyType.VariableByteInteger:
                    return new PropertyView(property, (uint)_reader.ReadVariableByteInteger());
                case PropertyType.BinaryData:
                    return new PropertyView(property, default, _reader.ReadBinary());
                case PropertyType.Utf8String:
                    return new PropertyView(property, default, _reader.ReadUtf8());
                case PropertyType.Utf8StringPair: // MQTT5 [MQTT-1.5.7-1]
                    ReadOnlySpan<byte> name = _reader.ReadUtf8();
                    return new PropertyView(property, name, _reader.ReadUtf8());
                default:
                    MqttProtocolException.ThrowMalformed("An unknown property identifier."); // MQTT5 section 2.2.2.2
                    return default;
            }
        }
    }
}
