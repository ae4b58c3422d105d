using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OmniIoT.Ports.Security;

namespace OmniIoT.Grains.Provisioning;

/// <summary>
/// Keys of enrolments are derived, not stored: HMAC-SHA256 with the platform's signing key over the enrolment's id and salt, 256 bits
/// that nobody can guess. Devices' tokens are made with the key, so it must be known again; a slow hash would lose it, and
/// protects what has few bits. Comparing costs a microsecond, so that wrong keys cost an attacker more than us.
/// </summary>
public sealed class EnrollmentKeys(SigningKey signingKey)
{
    private const string Purpose = "enrollment\n";

    /// <summary>The key, 43 characters.</summary>
    public async ValueTask<string> KeyOfAsync(StoredEnrollment enrollment, CancellationToken cancellationToken)
    {
        byte[] message = [.. Encoding.UTF8.GetBytes(Purpose), .. enrollment.KeySalt, .. Encoding.UTF8.GetBytes(enrollment.Terms.Id)];
        return Base64Url.EncodeToString(HMACSHA256.HashData(await signingKey.GetAsync(cancellationToken), message));
    }
}
