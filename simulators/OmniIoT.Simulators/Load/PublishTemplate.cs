using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Simulators.Load;

/// <summary>
/// A PUBLISH that is encoded once; each message is a copy with packet identifier, time, sequence number and two
/// readings overwritten in place. Every patched number keeps its count of digits, so that lengths never change.
/// </summary>
internal sealed class PublishTemplate
{
    private const int TimeDigits = 13;
    private const int SequenceDigits = 16;

    private readonly byte[] _packet;
    private readonly int _packetIdentifierAt;
    private readonly int _timeAt;
    private readonly int _sequenceAt;
    private readonly int _temperatureAt;
    private readonly int _vibrationAt;

    public PublishTemplate(string topic, QualityOfService qos, int payloadBytes)
    {
        byte[] payload = Encoding.UTF8.GetBytes(Payload(payloadBytes));
        ArrayBufferWriter<byte> output = new();
        PublishWriter.Write(output, ProtocolVersion.V311, Encoding.UTF8.GetBytes(topic), payload, qos, packetIdentifier: 1);
        _packet = output.WrittenSpan.ToArray();
        _packetIdentifierAt = qos == QualityOfService.AtMostOnce ? -1 : _packet.Length - payload.Length - 2;
        _timeAt = Find("\"ts\":"u8);
        _sequenceAt = Find("\"seq\":"u8);
        _temperatureAt = Find("\"temperature\":"u8);
        _vibrationAt = Find("\"vibration\":"u8);
    }

    public int Length => _packet.Length;

    /// <summary>Writes one message of <see cref="Length"/> bytes.</summary>
    /// <param name="unixMilliseconds">13 digits: the years 2001 to 2286.</param>
    /// <param name="sequence">16 digits.</param>
    public void Write(Span<byte> destination, ushort packetIdentifier, long unixMilliseconds, long sequence)
    {
        _packet.CopyTo(destination);
        if (_packetIdentifierAt >= 0)
            BinaryPrimitives.WriteUInt16BigEndian(destination[_packetIdentifierAt..], packetIdentifier);
        WriteDigits(destination.Slice(_timeAt, TimeDigits), unixMilliseconds);
        WriteDigits(destination.Slice(_sequenceAt, SequenceDigits), sequence);
        // "71.34": between 60 and 69.99, far from the thresholds, never the same twice in a row.
        WriteDigits(destination.Slice(_temperatureAt + 3, 2), sequence % 100);
        WriteDigits(destination.Slice(_vibrationAt + 2, 2), sequence % 97);
    }

    private static void WriteDigits(Span<byte> digits, long value)
    {
        for (int at = digits.Length - 1; at >= 0; at--)
        {
            (value, long digit) = Math.DivRem(value, 10);
            digits[at] = (byte)('0' + digit);
        }
    }

    private int Find(ReadOnlySpan<byte> name) => _packet.AsSpan().IndexOf(name) + name.Length;

    private static string Payload(int bytes)
    {
        const string head =
            """{"ts":1000000000000,"seq":1000000000000000,"values":{"temperature":64.00,"vibration":2.00,"current":11.7,"pressure":101.3,"humidity":41.5,"speed":1180,"door":"closed" """;
        int padding = bytes - head.Length - ""","note":""}}""".Length;
        return padding <= 0 ? $"{head.TrimEnd()}}}}}" : $"{head.TrimEnd()},\"note\":\"{new string('n', padding)}\"}}}}";
    }
}
