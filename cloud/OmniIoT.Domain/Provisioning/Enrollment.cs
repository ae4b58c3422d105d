using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;

namespace OmniIoT.Domain.Provisioning;

/// <summary>The terms on which devices of a fleet may register themselves; an operator writes them whole.</summary>
public sealed record Enrollment
{
    /// <summary>Attempts with the right credentials within a minute, unless the operator says otherwise.</summary>
    public const int DefaultRatePerMinute = 60;

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Ids of the device models that may register; at least one.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Where the devices stand; null: nowhere in particular.</summary>
    public string? SiteId { get; init; }

    /// <summary>How many devices may register in all; null: any number. A device that is deleted gives no place back.</summary>
    public int? MaxDevices { get; init; }

    /// <summary>Nothing registers from then on; null: it does not end.</summary>
    public Instant? ExpiresAt { get; init; }

    public int RatePerMinute { get; init; } = DefaultRatePerMinute;

    /// <summary>What the ids of the devices look like, see <see cref="Provisioning.IdPattern"/>; null: any id.</summary>
    public string? IdPattern { get; init; }

    /// <summary>
    /// Root certificates in PEM; a device whose certificate is chained to one of them may register without the key. Null: none.
    /// </summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>Whether a device with the right credentials may register now; null: it may.</summary>
    /// <param name="catalog">The models that exist.</param>
    public RegistrationRefusal? Judge(string deviceId, string model, Instant now, Catalog catalog)
    {
        if (ExpiresAt <= now)
            return new RegistrationRefusal(RegistrationOutcome.EnrollmentExpired, $"The enrolment '{Id}' ended at {ExpiresAt}.");
        if (!Models.Contains(model))
            return new RegistrationRefusal(
                RegistrationOutcome.UnknownModel,
                $"The enrolment '{Id}' is for {string.Join(", ", Models)}, not for '{model}'.",
                "/model"
            );
        if (!catalog.Models.ContainsKey(model))
            return new RegistrationRefusal(RegistrationOutcome.UnknownModel, $"There is no model '{model}'.", "/model");
        return IdPattern is { } pattern && !Provisioning.IdPattern.Matches(pattern, deviceId)
            ? new RegistrationRefusal(RegistrationOutcome.IdNotAllowed, $"The enrolment '{Id}' is for ids like {pattern}.", "/deviceId")
            : null;
    }
}
