using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OmniIoT.Domain.Provisioning;

/// <summary>The name of a certificate: SHA-256 over its DER bytes, 64 lower-case hexadecimal digits.</summary>
public static class Thumbprint
{
    public const string Allowed = "the SHA-256 of a certificate: 64 hexadecimal digits, perhaps with colons between";

    private const int Length = 64;

    public static string Of(X509Certificate2 certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));

    /// <summary>Reads it as people and tools write it (<c>AB:CD:…</c>, upper or lower case); null when it is none.</summary>
    public static string? TryParse(string text)
    {
        string digits = text.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        return digits.Length == Length && digits.All(char.IsAsciiHexDigitLower) ? digits : null;
    }
}
