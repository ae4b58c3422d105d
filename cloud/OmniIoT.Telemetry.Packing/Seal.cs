using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace OmniIoT.Telemetry.Packing;

/// <summary>
/// Checksums (XXH3, 64 bits) of what is stored of a series. Each begins from the series' own number, and that of a roll-up from its hour as
/// well: a whole row in the place of another is no less wrong than a row of wrong bytes.
/// </summary>
internal static class Seal
{
    /// <summary>What the seals of a series begin from.</summary>
    public static long OfSeries(string deviceId, string metric) =>
        Of(Encoding.UTF8.GetBytes(metric), Of(Encoding.UTF8.GetBytes(deviceId), seed: 0));

    /// <summary>Of packed readings.</summary>
    public static long Of(ReadOnlySpan<byte> data, long seed) => unchecked((long)XxHash3.HashToUInt64(data, seed));

    /// <summary>Of the packed minutes of an hour.</summary>
    /// <param name="hour">Its beginning.</param>
    public static long OfMinutes(ReadOnlySpan<byte> data, long seed, long hour) => Of(data, unchecked(seed + hour));

    /// <summary>Of an hour's own numbers.</summary>
    /// <param name="hour">Its beginning.</param>
    public static long OfHour(in Bucket bucket, long seed, long hour)
    {
        // SQLite keeps no sign of zero.
        Span<byte> data = stackalloc byte[4 * sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(data, bucket.Min + 0.0);
        BinaryPrimitives.WriteDoubleLittleEndian(data[8..], bucket.Max + 0.0);
        BinaryPrimitives.WriteDoubleLittleEndian(data[16..], bucket.Sum.Value + 0.0);
        BinaryPrimitives.WriteInt64LittleEndian(data[24..], bucket.Count);
        return Of(data, unchecked(seed + hour));
    }
}
