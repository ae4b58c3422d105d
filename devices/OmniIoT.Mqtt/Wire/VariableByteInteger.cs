using System.Buffers;

namespace OmniIoT.Mqtt.Wire;

/// <summary>The 1-to-4-byte integer of MQTT (MQTT5 section 1.5.5, MQTT311 section 2.2.3).</summary>
public static class VariableByteInteger
{
    /// <summary>The largest value four bytes can hold: 268,435,455.</summary>
    public const int Maximum = 268_435_455;

    /// <summary>How many bytes <see cref="Write"/> takes, 1 to 4.</summary>
    public static int SizeOf(int value) =>
        value switch
        {
            < 0x80 => 1,
            < 0x4000 => 2,
            < 0x20_0000 => 3,
            _ => 4,
        };

    /// <summary>Writes <paramref name="value"/> (0 to <see cref="Maximum"/>) in the fewest bytes and returns their count.</summary>
    public static int Write(Span<byte> destination, int value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)Maximum);
        int length = 0;
        uint rest = (uint)value;
        while (rest >= 0x80)
        {
            destination[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        destination[length++] = (byte)rest;
        return length;
    }

    /// <summary>
    /// Reads one integer from the start of <paramref name="source"/>: <see cref="OperationStatus.Done"/>,
    /// <see cref="OperationStatus.NeedMoreData"/>, or <see cref="OperationStatus.InvalidData"/> for a fifth byte.
    /// </summary>
    public static OperationStatus TryRead(ReadOnlySpan<byte> source, out int value, out int length)
    {
        value = 0;
        length = 0;
        for (int shift = 0; shift < 28; shift += 7)
        {
            if (length >= source.Length)
                return OperationStatus.NeedMoreData;
            byte current = source[length++];
            value |= (current & 0x7F) << shift;
            if (current < 0x80)
                return OperationStatus.Done;
        }

        return OperationStatus.InvalidData;
    }
}
