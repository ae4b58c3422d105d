using System.Collections.Concurrent;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Provisioning;

/// <summary>
/// The places of enrolments that take only so many devices: counted and given one device at a time. Several processes could each give one
/// too many.
/// </summary>
public sealed class EnrollmentPlaces(IProvisioningQueries provisioning, IDeviceQueries devices)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _places = new(StringComparer.Ordinal);

    /// <summary>Admits a device while nobody else takes a place.</summary>
    /// <param name="admit">Is told why not when there is no place left; else null.</param>
    public async Task<T> TakeAsync<T>(
        RegistrationAttempt attempt,
        Enrollment terms,
        Func<RegistrationRefusal?, Task<T>> admit,
        CancellationToken cancellationToken
    )
    {
        if (terms.MaxDevices is not { } maximum)
            return await admit(null);
        SemaphoreSlim place = _places.GetOrAdd(terms.Id, static _ => new SemaphoreSlim(1));
        await place.WaitAsync(cancellationToken);
        try
        {
            return await admit(await IsFullAsync(attempt, maximum, cancellationToken) ? Full(terms.Id, maximum) : null);
        }
        finally
        {
            place.Release();
        }
    }

    /// <summary>A device that is known takes no new place; what becomes of it is for its grain to say.</summary>
    private async ValueTask<bool> IsFullAsync(RegistrationAttempt attempt, int maximum, CancellationToken cancellationToken) =>
        (await provisioning.CountsAsync(attempt.EnrollmentId, cancellationToken)).Registered >= maximum
        && await devices.FindAsync(attempt.DeviceId, cancellationToken) is null;

    private static RegistrationRefusal Full(string enrollmentId, int maximum) =>
        new(RegistrationOutcome.EnrollmentFull, $"As many devices as the enrolment '{enrollmentId}' allows have registered: {maximum}.");
}
