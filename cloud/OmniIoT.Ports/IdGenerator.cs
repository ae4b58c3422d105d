using OmniIoT.Devices.Time;

namespace OmniIoT.Ports;

/// <summary>
/// Makes ids that order by time: UUID version 7 (RFC 9562), 32 hexadecimal digits. Ids made by one generator rise strictly,
/// also within a millisecond: the 12 bits after the version count up.
/// </summary>
public sealed class IdGenerator(TimeProvider time, Random random)
{
    private const int CounterBits = 12;

    private readonly Lock _lock = new();
    private long _last;

    public string Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        long stamp;
        lock (_lock)
        {
            stamp = Math.Max(_last + 1, time.GetUtcNow().ToUnixTimeMilliseconds() << CounterBits);
            _last = stamp;
            random.NextBytes(bytes[8..]);
        }
        long milliseconds = stamp >> CounterBits;
        for (int i = 0; i < 6; i++)
            bytes[i] = (byte)(milliseconds >> (40 - (8 * i)));
        bytes[6] = (byte)(0x70 | ((stamp >> 8) & 0x0F));
        bytes[7] = (byte)stamp;
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>The present, to the millisecond.</summary>
    public Instant Now() => time.Now();
}
