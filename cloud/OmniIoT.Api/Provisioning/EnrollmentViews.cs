using System.Text.Json.Serialization;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Grains.Provisioning;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Provisioning;

/// <summary>The terms on which devices of a fleet may register themselves.</summary>
/// <param name="Name">For people; missing: the id.</param>
/// <param name="Model">A single model, instead of <c>models</c>.</param>
/// <param name="Models">Ids of the models that may register; they must exist.</param>
/// <param name="SiteId">Where the devices stand.</param>
/// <param name="MaxDevices">How many may register in all; missing: any number.</param>
/// <param name="ExpiresAt">Nothing registers from then on.</param>
/// <param name="RatePerMinute">Attempts with the right credentials; missing: 60.</param>
/// <param name="IdPattern">What the devices' ids look like: <c>*</c> for any characters, <c>?</c> for one.</param>
/// <param name="CertificateAuthority">Root certificates in PEM; devices with a certificate chained to one need no key.</param>
public sealed record EnrollmentBody(
    string? Name,
    string? Model,
    IReadOnlyList<string>? Models,
    string? SiteId,
    int? MaxDevices,
    Instant? ExpiresAt,
    int? RatePerMinute,
    string? IdPattern,
    string? CertificateAuthority
);

/// <summary>An enrolment and how it is used.</summary>
/// <param name="Key">Only when it was made now: nobody can read it again.</param>
/// <param name="Registered">Devices that registered with it.</param>
/// <param name="Refused">Attempts that were refused, but for those that came too fast.</param>
/// <param name="LastUsedAt">When a device last registered.</param>
public sealed record EnrollmentView(
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Key,
    string Name,
    IReadOnlyList<string> Models,
    string? SiteId,
    int? MaxDevices,
    Instant? ExpiresAt,
    int RatePerMinute,
    string? IdPattern,
    string? CertificateAuthority,
    Instant CreatedAt,
    Instant KeyChangedAt,
    long Registered,
    long Refused,
    Instant? LastUsedAt
)
{
    public static EnrollmentView Of(StoredEnrollment stored, RegistrationCounts counts, string? key = null)
    {
        Enrollment terms = stored.Terms;
        return new EnrollmentView(
            terms.Id,
            key,
            terms.Name,
            terms.Models,
            terms.SiteId,
            terms.MaxDevices,
            terms.ExpiresAt,
            terms.RatePerMinute,
            terms.IdPattern,
            terms.CertificateAuthority,
            stored.CreatedAt,
            stored.KeyChangedAt,
            counts.Registered,
            counts.Refused,
            counts.LastUsedAt
        );
    }
}

/// <summary>A new key, told once.</summary>
public sealed record EnrollmentKeyView(string Id, string Key);
