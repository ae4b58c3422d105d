using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OmniIoT.Devices.Time;

namespace OmniIoT.Ports.Security;

/// <summary>What a signed token says; not to be believed before <see cref="SignedToken.IsGenuine"/>.</summary>
public sealed record TokenClaim(string Purpose, string Subject, Instant ExpiresAt);

/// <summary>
/// Tokens that any process can verify without a look-up: <c>purpose.subject.expiry.mac</c>, the subject in base64url, the
/// expiry in epoch milliseconds, the MAC HMAC-SHA256 (RFC 2104) over what stands before it and a context that is not in the
/// token (such as the password's hash, so that a new password ends old sessions).
/// </summary>
public static class SignedToken
{
    public const int KeyBytes = 32;

    public static string Create(byte[] key, TokenClaim claim, string context = "")
    {
        string body = string.Create(
            CultureInfo.InvariantCulture,
            $"{claim.Purpose}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claim.Subject))}.{claim.ExpiresAt.UnixMilliseconds}"
        );
        return $"{body}.{Base64Url.EncodeToString(Mac(key, body, context))}";
    }

    /// <summary>Reads without verifying; null when the text has not the form.</summary>
    public static TokenClaim? Read(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 4 || !Base64Url.IsValid(parts[1]) || !Base64Url.IsValid(parts[3]))
            return null;
        if (!long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long expiry))
            return null;
        return new TokenClaim(parts[0], Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])), new Instant(expiry));
    }

    /// <summary>Whether the token was made with this key and context; compares in constant time. Says nothing of its expiry.</summary>
    public static bool IsGenuine(byte[] key, string token, string context = "")
    {
        int end = token.LastIndexOf('.');
        if (end < 0 || !Base64Url.IsValid(token.AsSpan(end + 1)))
            return false;
        return CryptographicOperations.FixedTimeEquals(Mac(key, token[..end], context), Base64Url.DecodeFromChars(token.AsSpan(end + 1)));
    }

    // The context comes first and is hashed to a fixed length, so that no context and body run into one another.
    private static byte[] Mac(byte[] key, string body, string context)
    {
        byte[] message = [.. SHA256.HashData(Encoding.UTF8.GetBytes(context)), .. Encoding.UTF8.GetBytes(body)];
        return HMACSHA256.HashData(key, message);
    }
}
