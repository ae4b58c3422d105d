using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;

namespace OmniIoT.Dialects.Sparkplug.Payloads;

/// <summary>Inflates the body of a compressed payload, and no more of it than is taken.</summary>
internal static class PayloadInflater
{
    /// <summary>Four times the largest payload that may come uncompressed: metrics shrink to about a fourth.</summary>
    public const int MaximumBytes = 1024 * 1024;

    public static bool TryInflate(
        ReadOnlySpan<byte> body,
        string? algorithm,
        [NotNullWhen(true)] out byte[]? inflated,
        [NotNullWhen(false)] out PayloadFault? fault
    )
    {
        inflated = null;
        fault = null;
        bool isGzip = string.Equals(algorithm, "GZIP", StringComparison.OrdinalIgnoreCase);
        if (algorithm is not null && !isGzip && !string.Equals(algorithm, "DEFLATE", StringComparison.OrdinalIgnoreCase))
        {
            fault = new PayloadFault(false, $"the payload is compressed with '{algorithm}'; known are DEFLATE and GZIP");
            return false;
        }
        try
        {
            using MemoryStream compressed = new(body.ToArray(), writable: false);
            using Stream stream = isGzip ? new GZipStream(compressed, CompressionMode.Decompress) : OpenDeflate(compressed, body);
            inflated = Read(stream);
        }
        catch (InvalidDataException broken)
        {
            fault = new PayloadFault(false, "the compressed payload is broken: " + broken.Message);
            return false;
        }
        if (inflated is not null && !IsWhole(body, isGzip, inflated))
        {
            (inflated, fault) = (null, new PayloadFault(false, "the compressed payload is cut short"));
            return false;
        }
        if (inflated is null)
            fault = new PayloadFault(true, $"the payload has more than {MaximumBytes} bytes once it is inflated");
        return inflated is not null;
    }

    // The streams take the end of what they read for the end of what was written: its trailer tells (RFC 1950 and 1952).
    private static bool IsWhole(ReadOnlySpan<byte> body, bool isGzip, byte[] inflated)
    {
        if (body.Length < sizeof(uint))
            return false;
        ReadOnlySpan<byte> trailer = body[^sizeof(uint)..];
        if (isGzip)
            return BinaryPrimitives.ReadUInt32LittleEndian(trailer) == (uint)inflated.Length;
        return !HasHeader(body) || BinaryPrimitives.ReadUInt32BigEndian(trailer) == Adler32(inflated);
    }

    private static uint Adler32(byte[] bytes)
    {
        const uint Modulus = 65521;
        (uint low, uint high) = (1, 0);
        foreach (byte next in bytes)
        {
            low = (low + next) % Modulus;
            high = (high + low) % Modulus;
        }
        return (high << 16) | low;
    }

    // DEFLATE is written with the header of zlib (RFC 1950) by Java and by pako, bare (RFC 1951) by some others.
    private static bool HasHeader(ReadOnlySpan<byte> body)
    {
        const int DeflateMethod = 8;
        return body.Length >= 2 && (body[0] & 0x0F) == DeflateMethod && ((body[0] << 8) | body[1]) % 31 == 0;
    }

    private static Stream OpenDeflate(MemoryStream compressed, ReadOnlySpan<byte> body) =>
        HasHeader(body)
            ? new ZLibStream(compressed, CompressionMode.Decompress)
            : new DeflateStream(compressed, CompressionMode.Decompress);

    // Null when there is more than is taken.
    private static byte[]? Read(Stream stream)
    {
        using MemoryStream whole = new();
        byte[] part = new byte[16 * 1024];
        int read;
        while ((read = stream.Read(part)) > 0)
        {
            if (whole.Length + read > MaximumBytes)
                return null;
            whole.Write(part, 0, read);
        }
        return whole.ToArray();
    }
}
