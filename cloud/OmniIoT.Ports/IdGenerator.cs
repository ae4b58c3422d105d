using System.Globalization;
using OmniIoT.Devices.Time;

namespace OmniIoT.Ports;

/// <summary>
/// Makes ids that order by time: UUID version 7 (RFC 9562), 32 hexadecimal digits. Ids made by one generator rise strictly,
/// also within a millisecond: the 12 bits after the version count up. They rise over those of other generators that it is told of as well.
/// </summary>
public sealed class IdGenerator(TimeProvider time, Random random)
{
    private const int CounterBits = 12;

    /// <summary>A clock that is further ahead than this is not followed: what is wrong with it would spread.</summary>
    private static readonly TimeSpan LeadAtMost = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long _last;

    /// <param name="after">An id that another process may have made, whose clock may be ahead; null: none.</param>
    public string Next(string? after = null)
    {
        Span<byte> bytes = stackalloc byte[16];
        long stamp = after is null ? 0 : StampOf(after) + 1;
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (stamp > (now + LeadAtMost).ToUnixTimeMilliseconds() << CounterBits)
                stamp = 0;
            stamp = Math.Max(stamp, Math.Max(_last + 1, now.ToUnixTimeMilliseconds() << CounterBits));
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

    /// <summary>Milliseconds and counter of an id; 0 for what is none of a generator's.</summary>
    private static long StampOf(string id) =>
        id.Length == 32
        && long.TryParse(id.AsSpan(0, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long milliseconds)
        && long.TryParse(id.AsSpan(13, 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long count)
            ? (milliseconds << CounterBits) | count
            : 0;

    /// <summary>The present, to the millisecond.</summary>
    public Instant Now() => time.Now();
}
