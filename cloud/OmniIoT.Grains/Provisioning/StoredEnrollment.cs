using System.Security.Cryptography;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Provisioning;

namespace OmniIoT.Grains.Provisioning;

/// <summary>An enrolment as it is stored.</summary>
/// <param name="KeySalt">What makes its key another than those of other enrolments, and than the key before; the key is not stored.</param>
/// <param name="KeyChangedAt">When its present key was given.</param>
public sealed record StoredEnrollment(Enrollment Terms, byte[] KeySalt, Instant CreatedAt, Instant KeyChangedAt)
{
    private const int SaltBytes = 32;

    public static StoredEnrollment New(Enrollment terms, Instant now) => new(terms, NewSalt(), now, now);

    public StoredEnrollment WithNewKey(Instant now) => this with { KeySalt = NewSalt(), KeyChangedAt = now };

    private static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltBytes);
}

/// <param name="Version">Its entity tag.</param>
public sealed record VersionedEnrollment(StoredEnrollment Stored, int Version);
