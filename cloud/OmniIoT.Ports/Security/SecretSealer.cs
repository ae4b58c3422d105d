using System.Security.Cryptography;
using System.Text;
using OmniIoT.Domain;

namespace OmniIoT.Ports.Security;

/// <summary>
/// Keeps secrets readable for proofs that need the secret itself (a token signed with it), and for nobody who has the database alone:
/// AES-256-GCM (NIST SP 800-38D) with a key that stays outside of it. Whose it is, is authenticated with it, so that nobody's sealed
/// secret can be put in another's place: a principal (<c>device:press-7</c>), or what the platform itself keeps
/// (<c>setting:signing-key</c>).
/// Form: version 1, nonce (12 bytes), tag (16 bytes), ciphertext.
/// </summary>
/// <param name="key"><see cref="KeyBytes"/> random bytes, the same in every process and at every start.</param>
public sealed class SecretSealer(byte[] key)
{
    public const int KeyBytes = 32;

    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = 1 + NonceBytes + TagBytes;

    private readonly byte[] _key = key.Length == KeyBytes ? key : throw new ArgumentException($"A key has {KeyBytes} bytes.", nameof(key));

    public byte[] Seal(EntityId principal, string secret) => Seal(principal.ToString(), secret);

    public byte[] Seal(string owner, string secret)
    {
        byte[] plain = Encoding.UTF8.GetBytes(secret);
        byte[] sealedSecret = new byte[HeadBytes + plain.Length];
        sealedSecret[0] = Version;
        Span<byte> nonce = sealedSecret.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm cipher = new(_key, TagBytes);
        cipher.Encrypt(nonce, plain, sealedSecret.AsSpan(HeadBytes), sealedSecret.AsSpan(1 + NonceBytes, TagBytes), Context(owner));
        return sealedSecret;
    }

    /// <inheritdoc cref="Open(string, byte[])"/>
    public string? Open(EntityId principal, byte[] sealedSecret) => Open(principal.ToString(), sealedSecret);

    /// <summary>Null when it was sealed with another key, for another owner, or is damaged.</summary>
    public string? Open(string owner, byte[] sealedSecret)
    {
        if (sealedSecret.Length < HeadBytes || sealedSecret[0] != Version)
            return null;
        byte[] plain = new byte[sealedSecret.Length - HeadBytes];
        try
        {
            using AesGcm cipher = new(_key, TagBytes);
            cipher.Decrypt(
                sealedSecret.AsSpan(1, NonceBytes),
                sealedSecret.AsSpan(HeadBytes),
                sealedSecret.AsSpan(1 + NonceBytes, TagBytes),
                plain,
                Context(owner)
            );
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Context(string owner) => Encoding.UTF8.GetBytes(owner);
}
