using System.Security.Cryptography;
using System.Text;

namespace OmniIoT.Channels.Inbound;

/// <summary>Compares what a call proves itself by, in a time that tells nothing of the secret.</summary>
public static class Proof
{
    private const string Sha256Prefix = "sha256=";

    public static bool IsSame(string said, string expected) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(said)),
            SHA256.HashData(Encoding.UTF8.GetBytes(expected))
        );

    /// <summary><c>sha256=</c> and the HMAC (RFC 2104) of the body in hexadecimal digits.</summary>
    public static string Sha256Of(string secret, ReadOnlySpan<byte> body) =>
        Sha256Prefix + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <param name="header">As <see cref="Sha256Of"/> writes it, the digits of either case.</param>
    public static bool IsSha256Of(string header, string secret, ReadOnlySpan<byte> body) =>
        IsSame(header.Trim().ToLowerInvariant(), Sha256Of(secret, body));
}
