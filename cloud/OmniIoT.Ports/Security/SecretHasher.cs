using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OmniIoT.Ports.Security;

/// <summary>
/// Secrets of devices and apps: 256 random bits in base64url; stored as PBKDF2-HMAC-SHA256 (RFC 8018) with a salt of 128 bits,
/// in the form <c>pbkdf2$iterations$salt$hash</c>.
/// </summary>
public static class SecretHasher
{
    /// <summary>
    /// Few for a password, enough for 256 random bits that nobody can guess anyway: one sign-in costs about 0.5 ms, so that a fleet that
    /// comes back at once is let in at once.
    /// People's passwords use <see cref="PasswordIterations"/>.
    /// </summary>
    public const int SecretIterations = 1_000;

    /// <summary>OWASP's advice for PBKDF2-HMAC-SHA256 (Password Storage Cheat Sheet, 2023).</summary>
    public const int PasswordIterations = 600_000;

    private const string Scheme = "pbkdf2";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>A new secret, 43 characters.</summary>
    public static string NewSecret() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(HashBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static string Hash(string secret, int iterations = SecretIterations)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] hash = Derive(Encoding.UTF8.GetBytes(secret), salt, iterations);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Scheme}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}"
        );
    }

    /// <summary>Compares in constant time. False for a stored form that is not understood.</summary>
    public static bool Verify(ReadOnlySpan<byte> secret, string stored)
    {
        string[] parts = stored.Split('$');
        if (parts.Length != 4 || parts[0] != Scheme)
            return false;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int iterations))
            return false;
        byte[] expected = Convert.FromBase64String(parts[3]);
        return CryptographicOperations.FixedTimeEquals(Derive(secret, Convert.FromBase64String(parts[2]), iterations), expected);
    }

    private static byte[] Derive(ReadOnlySpan<byte> secret, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(secret, salt, iterations, HashAlgorithmName.SHA256, HashBytes);
}
