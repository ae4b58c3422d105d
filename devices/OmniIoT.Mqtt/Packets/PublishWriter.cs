using System.Buffers;
using System.Buffers.Binary;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Packets;

/// <summary>Writes PUBLISH packets straight into the output; allocates nothing.</summary>
public static class PublishWriter
{
    // Up to this size one span takes the whole packet; a longer payload is copied piece by piece into the output's segments.
    private const int LargestSinglePiece = 2048;

    /// <summary>Bytes of the whole packet.</summary>
    /// <exception cref="ArgumentException">The packet would exceed what four length bytes can say.</exception>
    public static int Measure(ProtocolVersion version, int topicLength, int payloadLength, QualityOfService qos, int propertiesLength)
    {
        int body = BodyLength(version, topicLength, payloadLength, qos, propertiesLength);
        return 1 + VariableByteInteger.SizeOf(body) + body;
    }

    /// <summary>Writes one packet.</summary>
    /// <param name="topic">A valid topic name in UTF-8 (the caller's promise); may be empty where the properties hold an alias.</param>
    /// <param name="packetIdentifier">Not 0 for QoS 1 and 2; ignored for QoS 0.</param>
    /// <param name="properties">An encoded section without its length; must be empty for 3.1.1.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(
        IBufferWriter<byte> output,
        ProtocolVersion version,
        ReadOnlySpan<byte> topic,
        ReadOnlySpan<byte> payload,
        PublishFlags flags = default,
        ushort packetIdentifier = 0,
        ReadOnlySpan<byte> properties = default
    )
    {
        QualityOfService qos = flags.Qos;
        if (qos != QualityOfService.AtMostOnce)
            ArgumentOutOfRangeException.ThrowIfZero(packetIdentifier); // MQTT5 [MQTT-2.2.1-3], MQTT311 [MQTT-2.3.1-1]
        if (version == ProtocolVersion.V311 && !properties.IsEmpty)
            throw new ArgumentException("3.1.1 has no properties.", nameof(properties));
        int body = BodyLength(version, topic.Length, payload.Length, qos, properties.Length);
        int packet = 1 + VariableByteInteger.SizeOf(body) + body;
        bool inOnePiece = packet <= LargestSinglePiece;
        Span<byte> destination = output.GetSpan(inOnePiece ? packet : packet - payload.Length);
        destination[0] = flags.FirstByte;
        int written = 1 + VariableByteInteger.Write(destination[1..], body);
        BinaryPrimitives.WriteUInt16BigEndian(destination[written..], (ushort)topic.Length);
        topic.CopyTo(destination[(written + 2)..]);
        written += 2 + topic.Length;
        if (qos != QualityOfService.AtMostOnce)
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination[written..], packetIdentifier);
            written += 2;
        }

        if (version == ProtocolVersion.V5)
            written += WriteProperties(destination[written..], properties);
        if (inOnePiece)
            payload.CopyTo(destination[written..]);
        output.Advance(inOnePiece ? packet : written);
        if (!inOnePiece)
            output.Write(payload);
        return packet;
    }

    private static int WriteProperties(Span<byte> destination, ReadOnlySpan<byte> properties)
    {
        int written = VariableByteInteger.Write(destination, properties.Length);
        properties.CopyTo(destination[written..]);
        return written + properties.Length;
    }

    private static int BodyLength(ProtocolVersion version, int topicLength, int payloadLength, QualityOfService qos, int propertiesLength)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(topicLength, ushort.MaxValue);
        long body = 2L + topicLength + payloadLength;
        if (qos != QualityOfService.AtMostOnce)
            body += 2;
        if (version == ProtocolVersion.V5)
            body += VariableByteInteger.SizeOf(propertiesLength) + propertiesLength;
        if (body > VariableByteInteger.Maximum)
            throw new ArgumentException($"A PUBLISH of {body} bytes exceeds MQTT's {VariableByteInteger.Maximum}.", nameof(payloadLength));
        return (int)body;
    }
}
