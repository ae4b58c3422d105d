using System.Security.Cryptography;
using System.Text;

namespace OmniIoT.Ports.Security;

/// <summary>
/// By what a secret is found that is said without whose it is: its SHA-256, in lower-case hexadecimal digits. Good for secrets of
/// <see cref="SecretHasher.NewSecret"/> only: nobody can guess 256 random bits, with or without salt.
/// </summary>
public static class SecretDigest
{
    public static string Of(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
