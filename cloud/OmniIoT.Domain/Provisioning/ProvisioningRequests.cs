using OmniIoT.Devices.Time;
using OmniIoT.Domain.Devices;

namespace OmniIoT.Domain.Provisioning;

/// <summary>
/// The device registers itself: refused when it is registered already, unless that was allowed. It answers a new secret.
/// </summary>
public sealed record EnrollDevice
{
    public required string EnrollmentId { get; init; }

    public required string Model { get; init; }

    /// <summary>Where the enrolment says that it stands.</summary>
    public required string? SiteId { get; init; }

    public required string? Name { get; init; }

    public required string? Address { get; init; }

    public required string? Thumbprint { get; init; }

    /// <summary>Of a new claim code; it counts when nobody owns the device.</summary>
    public required string CodeHash { get; init; }

    public required Instant CodeExpiresAt { get; init; }
}

/// <param name="Again">It had been registered before.</param>
public sealed record DeviceEnrolled(DeviceRegistration Device, string Secret, bool Again);

/// <summary>Lets the device register itself anew, once, until then; null: not any more. Answers the same.</summary>
public sealed record AllowReenrollment(Instant? Until);

/// <summary>Gives the device a new claim code; the old one ends. Answers when the new one does.</summary>
public sealed record IssueClaimCode(string CodeHash, Instant ExpiresAt);

/// <summary>Makes the device a customer's by its claim code, which is used up by that.</summary>
public sealed record ClaimDevice(string CodeHash, string CustomerId, string Actor);

/// <summary>Lets the device sign in over TLS with a certificate. Answers whether that is new.</summary>
public sealed record TrustCertificate(string Thumbprint);

/// <summary>Ends that. Answers true.</summary>
public sealed record RevokeCertificate(string Thumbprint);
