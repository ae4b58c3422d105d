using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OmniIoT.Channels.Push;

/// <summary>
/// Encrypts what only one browser is to read: RFC 8291 over RFC 8188 (<c>aes128gcm</c>), one record, a key of its own for each message.
/// </summary>
internal static class PushEncryption
{
    /// <summary>RFC 8291, 4: services take records of 4,096 bytes; what stands around the words is taken off.</summary>
    public const int MaximumBytes = RecordBytes - HeaderBytes - TagBytes - 1;

    private const int RecordBytes = 4096;
    private const int SaltBytes = 16;
    private const int KeyBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int PointBytes = 65;
    private const int HeaderBytes = SaltBytes + sizeof(uint) + 1 + PointBytes;

    // RFC 8188, 2: the last record ends so.
    private const byte LastRecord = 2;

    /// <param name="words">At most <see cref="MaximumBytes"/>.</param>
    /// <exception cref="CryptographicException">The browser's key is no point of the curve.</exception>
    public static byte[] Encrypt(ReadOnlySpan<byte> words, PushKeys browser)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(words.Length, MaximumBytes);
        using ECDiffieHellman own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        byte[] ownPoint = P256.PointOf(own.ExportParameters(includePrivateParameters: false));
        byte[] material = Agree(own, ownPoint, browser);
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);

        byte[] body = new byte[HeaderBytes + words.Length + 1 + TagBytes];
        salt.CopyTo(body, 0);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(SaltBytes), RecordBytes);
        body[SaltBytes + sizeof(uint)] = PointBytes;
        ownPoint.CopyTo(body, SaltBytes + sizeof(uint) + 1);

        byte[] plain = [.. words, LastRecord];
        using AesGcm cipher = new(Derive(material, salt, "Content-Encoding: aes128gcm\0"u8, KeyBytes), TagBytes);
        cipher.Encrypt(
            Derive(material, salt, "Content-Encoding: nonce\0"u8, NonceBytes),
            plain,
            body.AsSpan(HeaderBytes, plain.Length),
            body.AsSpan(HeaderBytes + plain.Length)
        );
        return body;
    }

    /// <summary>RFC 8291, 3.4: the shared secret with the browser's own, bound to both keys.</summary>
    private static byte[] Agree(ECDiffieHellman own, byte[] ownPoint, PushKeys browser)
    {
        using ECDiffieHellman other = ECDiffieHellman.Create(P256.Public(browser.Point));
        byte[] shared = own.DeriveRawSecretAgreement(other.PublicKey);
        byte[] info = [.. Encoding.ASCII.GetBytes("WebPush: info\0"), .. browser.Point, .. ownPoint];
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, browser.Auth, info);
    }

    private static byte[] Derive(byte[] material, byte[] salt, ReadOnlySpan<byte> info, int length) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, material, length, salt, info.ToArray());
}
