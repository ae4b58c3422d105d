using OmniIoT.Devices.Metrics;

namespace OmniIoT.Telemetry.Packing;

/// <summary>
/// Packs the minutes of one hour that are not empty: minute, count, then the sum, and the bounds when there are several. The digits of a
/// sum that one number does not hold go before it, as a minute of a single reading: earlier versions take the last of two.
/// </summary>
internal static class MinuteCodec
{
    public const int MinutesPerHour = 60;

    public static void Encode(PackWriter output, ReadOnlySpan<Bucket> minutes)
    {
        for (int i = 0; i < minutes.Length; i++)
        {
            Bucket bucket = minutes[i];
            if (bucket.Count == 0)
                continue;
            (double sum, double rest) = bucket.Sum.Parts;
            if (rest != 0)
                Begin(output, i, 1, rest);
            Begin(output, i, bucket.Count, sum);
            if (bucket.Count == 1)
                continue;
            output.Double(bucket.Min);
            output.Double(bucket.Max);
        }
    }

    /// <summary>Fills the sixty minutes of an hour; those that are missing become empty.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Encode"/> made.</exception>
    public static void Decode(ReadOnlySpan<byte> data, Span<Bucket> minutes)
    {
        minutes.Clear();
        PackReader input = new(data);
        while (!input.IsAtEnd)
        {
            int minute = input.Byte();
            if (minute >= minutes.Length)
                throw new InvalidDataException("Packed minutes are more than an hour has.");
            double rest = minutes[minute].Sum.Value;
            long count = (long)input.Unsigned();
            double sum = input.Double();
            Bucket bucket = new() { Count = count, Sum = PreciseSum.FromParts(sum, rest) };
            (bucket.Min, bucket.Max) = count == 1 ? (sum, sum) : (input.Double(), input.Double());
            minutes[minute] = bucket;
        }
    }

    /// <summary>As <see cref="Decode"/>; false when the bytes are not what <see cref="Encode"/> made.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> data, Span<Bucket> minutes)
    {
        try
        {
            Decode(data, minutes);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static void Begin(PackWriter output, int minute, long count, double sum)
    {
        output.Byte((byte)minute);
        output.Unsigned((ulong)count);
        output.Double(sum);
    }
}
