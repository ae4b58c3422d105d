using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OmniIoT.Devices.Time;

namespace OmniIoT.Dialects.AzureIotHub;

/// <summary>
/// A token that proves the knowledge of a key without sending it: <c>SharedAccessSignature
/// sr={resource}&amp;sig={signature}&amp;se={expiry}</c>,
/// fields in any order. The signature is HMAC-SHA256 (RFC 2104) over the resource as sent, a line feed, and the expiry ("Control access
/// to IoT Hub with shared access signatures", 2024).
/// </summary>
/// <param name="Resource">What the token is for, decoded: <c>{host}/devices/{id}</c>.</param>
/// <param name="ExpiresAt">From then on it proves nothing.</param>
/// <param name="KeyName">Of a policy's key; null for a device's own.</param>
public sealed record SharedAccessSignature(string Resource, Instant ExpiresAt, string? KeyName)
{
    private const string Scheme = "SharedAccessSignature ";

    private readonly byte[] _signed = [];
    private readonly byte[] _signature = [];

    private SharedAccessSignature(string resource, Instant expiresAt, string? keyName, string signed, byte[] signature)
        : this(resource, expiresAt, keyName) => (_signed, _signature) = (Encoding.UTF8.GetBytes(signed), signature);

    /// <summary>Reads without verifying; false when the text has not the form.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out SharedAccessSignature? token)
    {
        token = null;
        string text = Encoding.UTF8.GetString(utf8);
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
            return false;
        Dictionary<string, string> fields = Fields(text[Scheme.Length..]);
        if (
            !fields.TryGetValue("sr", out string? resource)
            || !fields.TryGetValue("sig", out string? signature)
            || !fields.TryGetValue("se", out string? expiry)
        )
            return false;
        if (!TryReadSignature(signature, out byte[] bytes) || !TryReadExpiry(expiry, out Instant expiresAt))
            return false;
        string? keyName = fields.GetValueOrDefault("skn") is { Length: > 0 } name ? Uri.UnescapeDataString(name) : null;
        token = new SharedAccessSignature(Uri.UnescapeDataString(resource), expiresAt, keyName, $"{resource}\n{expiry}", bytes);
        return true;
    }

    /// <summary>Whether the resource is the device, at whatever host: its key is its own, no host's.</summary>
    public bool IsFor(string deviceId)
    {
        int slash = Resource.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && Resource.AsSpan(slash + 1).SequenceEqual($"devices/{deviceId}");
    }

    /// <summary>Whether it was signed with the key; compares in constant time. Says nothing of its expiry.</summary>
    public bool IsSignedWith(ReadOnlySpan<byte> key)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, _signed, expected);
        return CryptographicOperations.FixedTimeEquals(expected, _signature);
    }

    private static Dictionary<string, string> Fields(string text)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        foreach (string field in text.Split('&'))
        {
            int separator = field.IndexOf('=', StringComparison.Ordinal);
            if (separator > 0)
                fields[field[..separator]] = field[(separator + 1)..];
        }
        return fields;
    }

    private static bool TryReadSignature(string encoded, out byte[] signature)
    {
        signature = new byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(Uri.UnescapeDataString(encoded), signature, out int length) && length == signature.Length;
    }

    private static bool TryReadExpiry(string text, out Instant expiresAt)
    {
        bool isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds);
        bool isTime = isNumber && seconds <= Instant.MaxValue.UnixMilliseconds / 1000;
        expiresAt = isTime ? new Instant(seconds * 1000) : default;
        return isTime;
    }
}
