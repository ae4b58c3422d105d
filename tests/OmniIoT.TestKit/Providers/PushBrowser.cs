using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OmniIoT.TestKit.Providers;

/// <summary>A browser that was subscribed to push messages and reads them (RFC 8291).</summary>
public sealed class PushBrowser
{
    private const int SaltBytes = 16;
    private const int PointAt = SaltBytes + sizeof(uint) + 1;
    private const int PointBytes = 65;
    private const int TagBytes = 16;

    private readonly ECDiffieHellman _key;
    private readonly byte[] _auth;
    private readonly byte[] _point;

    public PushBrowser()
        : this(ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256), RandomNumberGenerator.GetBytes(16)) { }

    public PushBrowser(ECDiffieHellman key, byte[] auth)
    {
        (_key, _auth) = (key, auth);
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        _point = [4, .. point.X!, .. point.Y!];
    }

    public string Key => Base64Url.EncodeToString(_point);

    public string Auth => Base64Url.EncodeToString(_auth);

    /// <summary>What it was told, in order.</summary>
    public List<string> Told { get; } = [];

    public static ECParameters Public(byte[] point) =>
        new()
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[1..33], Y = point[33..] },
        };

    /// <summary>Reads a message; one that is not for it, or was changed on the way, throws.</summary>
    public void Read(byte[] body)
    {
        byte[] salt = body[..SaltBytes];
        byte[] point = body[PointAt..(PointAt + PointBytes)];
        using ECDiffieHellman sender = ECDiffieHellman.Create(Public(point));
        byte[] shared = _key.DeriveRawSecretAgreement(sender.PublicKey);
        byte[] info = [.. "WebPush: info\0"u8, .. _point, .. point];
        byte[] material = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, _auth, info);
        byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
        byte[] nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 12, salt, "Content-Encoding: nonce\0"u8.ToArray());
        byte[] sealedWords = body[(PointAt + PointBytes)..];
        byte[] plain = new byte[sealedWords.Length - TagBytes];
        using AesGcm cipher = new(key, TagBytes);
        cipher.Decrypt(nonce, sealedWords.AsSpan(0, plain.Length), sealedWords.AsSpan(plain.Length), plain);
        // The last byte that is not padding marks the last record.
        int end = plain.AsSpan().LastIndexOf((byte)2);
        Told.Add(Encoding.UTF8.GetString(plain, 0, end));
    }
}
