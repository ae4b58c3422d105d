using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OmniIoT.Domain.Provisioning;

/// <summary>
/// What a factory can put into a device instead of the fleet's key: HMAC-SHA256 (RFC 2104) of the device's id with the enrolment
/// key, both as UTF-8, in base64. It lets this one device register and no other.
/// </summary>
public static class RegistrationToken
{
    public static string Of(string enrollmentKey, string deviceId) => Convert.ToBase64String(Mac(enrollmentKey, deviceId));

    /// <summary>
    /// Whether a bearer is the enrolment key itself or the device's token, in base64 or base64url; compares in constant time.
    /// </summary>
    public static bool Admits(string bearer, string enrollmentKey, string deviceId)
    {
        byte[] presented = Encoding.UTF8.GetBytes(bearer);
        bool isKey = CryptographicOperations.FixedTimeEquals(presented, Encoding.UTF8.GetBytes(enrollmentKey));
        return isKey | CryptographicOperations.FixedTimeEquals(Decode(bearer), Mac(enrollmentKey, deviceId));
    }

    private static byte[] Mac(string enrollmentKey, string deviceId) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(enrollmentKey), Encoding.UTF8.GetBytes(deviceId));

    private static byte[] Decode(string text)
    {
        string url = text.Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(url) ? Base64Url.DecodeFromChars(url) : [];
    }
}
