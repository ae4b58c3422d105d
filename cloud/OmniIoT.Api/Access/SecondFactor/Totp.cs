using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OmniIoT.Devices.Time;

namespace OmniIoT.Api.Access.SecondFactor;

/// <summary>Codes by time (RFC 6238 over RFC 4226): six digits, SHA-1, a new one each 30 s, as authenticator apps make them.</summary>
internal static class Totp
{
    /// <summary>As RFC 4226, 4 (R6) asks for.</summary>
    public const int SecretBytes = 20;

    public const int Digits = 6;

    private const int StepMilliseconds = 30_000;
    private const int Modulus = 1_000_000;

    /// <summary>Steps that a clock may be off, either way (RFC 6238, 5.2).</summary>
    private const int Tolerance = 1;

    public static long StepOf(Instant at) => at.UnixMilliseconds / StepMilliseconds;

    public static string CodeOf(byte[] secret, long step)
    {
        byte[] counter = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // What apps take is SHA-1; as a HMAC it holds (RFC 6238, B; NIST SP 800-131A).
        byte[] mac = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        int offset = mac[^1] & 0x0F;
        int number = BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(offset)) & int.MaxValue;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code it is; null when it is none of those about now that come after <paramref name="after"/>.</summary>
    public static long? FindStep(byte[] secret, string code, Instant now, long after)
    {
        long about = StepOf(now);
        long? found = null;
        for (long step = about - Tolerance; step <= about + Tolerance; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeOf(secret, step)), Encoding.UTF8.GetBytes(code)))
                found = step;
        }
        return found > after ? found : null;
    }
}
