using System.Text.Json.Serialization;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Grains.Provisioning;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Provisioning;

/// <summary>The terms on which devices of a fleet may register themselves.</summary>
public sealed record EnrollmentBody
{
    /// <summary>For people; missing: the id.</summary>
    public required string? Name { get; init; }

    /// <summary>A single model, instead of <c>models</c>.</summary>
    public required string? Model { get; init; }

    /// <summary>Ids of the models that may register; they must exist.</summary>
    public required IReadOnlyList<string>? Models { get; init; }

    /// <summary>Where the devices stand.</summary>
    public required string? SiteId { get; init; }

    /// <summary>How many may register in all; missing: any number.</summary>
    public required int? MaxDevices { get; init; }

    /// <summary>Nothing registers from then on.</summary>
    public required Instant? ExpiresAt { get; init; }

    /// <summary>Attempts with the right credentials; missing: 60.</summary>
    public required int? RatePerMinute { get; init; }

    /// <summary>What the devices' ids look like: <c>*</c> for any characters, <c>?</c> for one.</summary>
    public required string? IdPattern { get; init; }

    /// <summary>Root certificates in PEM; devices with a certificate chained to one need no key.</summary>
    public required string? CertificateAuthority { get; init; }
}

/// <summary>An enrolment and how it is used.</summary>
public sealed record EnrollmentView
{
    public required string Id { get; init; }

    /// <summary>Only when it was made now: nobody can read it again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Key { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> Models { get; init; }

    public required string? SiteId { get; init; }

    public required int? MaxDevices { get; init; }

    public required Instant? ExpiresAt { get; init; }

    public required int RatePerMinute { get; init; }

    public required string? IdPattern { get; init; }

    public required string? CertificateAuthority { get; init; }

    public required Instant CreatedAt { get; init; }

    public required Instant KeyChangedAt { get; init; }

    /// <summary>Devices that registered with it.</summary>
    public required long Registered { get; init; }

    /// <summary>Attempts that were refused, but for those that came too fast.</summary>
    public required long Refused { get; init; }

    /// <summary>When a device last registered.</summary>
    public required Instant? LastUsedAt { get; init; }

    public static EnrollmentView Of(StoredEnrollment stored, RegistrationCounts counts, string? key = null)
    {
        Enrollment terms = stored.Terms;
        return new EnrollmentView
        {
            Id = terms.Id,
            Key = key,
            Name = terms.Name,
            Models = terms.Models,
            SiteId = terms.SiteId,
            MaxDevices = terms.MaxDevices,
            ExpiresAt = terms.ExpiresAt,
            RatePerMinute = terms.RatePerMinute,
            IdPattern = terms.IdPattern,
            CertificateAuthority = terms.CertificateAuthority,
            CreatedAt = stored.CreatedAt,
            KeyChangedAt = stored.KeyChangedAt,
            Registered = counts.Registered,
            Refused = counts.Refused,
            LastUsedAt = counts.LastUsedAt,
        };
    }
}

/// <summary>A new key, told once.</summary>
public sealed record EnrollmentKeyView(string Id, string Key);
