using OmniIoT.Devices.Time;
using OmniIoT.Domain.Devices;

namespace OmniIoT.Domain.Provisioning;

/// <summary>
/// The device registers itself: refused when it is registered already, unless that was allowed. It answers a new secret.
/// </summary>
/// <param name="SiteId">Where the enrolment says that it stands.</param>
/// <param name="CodeHash">Of a new claim code; it counts when nobody owns the device.</param>
public sealed record EnrollDevice(
    string EnrollmentId,
    string Model,
    string? SiteId,
    string? Name,
    string? Address,
    string? Thumbprint,
    string CodeHash,
    Instant CodeExpiresAt
);

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
