using System.Numerics;
using System.Security.Cryptography;

namespace OmniIoT.Channels.Push;

/// <summary>Points and keys of the curve P-256 as the Push API writes them: uncompressed (SEC 1, 2.3.3).</summary>
internal static class P256
{
    public const int PointBytes = 65;

    private const int CoordinateBytes = 32;
    private const byte Uncompressed = 4;

    /// <summary>How many points the curve's base has (FIPS 186-4, D.1.2.3).</summary>
    private static readonly BigInteger Count = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        System.Globalization.NumberStyles.HexNumber,
        System.Globalization.CultureInfo.InvariantCulture
    );

    public static byte[] PointOf(ECParameters key) => [Uncompressed, .. key.Q.X!, .. key.Q.Y!];

    /// <param name="point">Of 65 bytes, the first of them 4.</param>
    public static ECParameters Public(ReadOnlySpan<byte> point) =>
        new()
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = point.Slice(1, CoordinateBytes).ToArray(),
                Y = point.Slice(1 + CoordinateBytes, CoordinateBytes).ToArray(),
            },
        };

    /// <summary>Whether bytes are such a point and lie on the curve.</summary>
    public static bool IsPoint(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != PointBytes || bytes[0] != Uncompressed)
            return false;
        try
        {
            using ECDiffieHellman key = ECDiffieHellman.Create(Public(bytes));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The private key that follows from bytes, the same each time.</summary>
    /// <param name="seed">Random, of 48 bytes or more, so that every key is as likely (FIPS 186-4, B.4.1).</param>
    public static ECParameters Private(ReadOnlySpan<byte> seed)
    {
        BigInteger number = new(seed, isUnsigned: true, isBigEndian: true);
        byte[] secret = (number % (Count - 1) + 1).ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] whole = new byte[CoordinateBytes];
        secret.CopyTo(whole, CoordinateBytes - secret.Length);
        return new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = whole };
    }
}
