using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Provisioning;

namespace OmniIoT.Ports.Queries;

/// <summary>How an enrolment was used since it was made; counted at write, not by scanning.</summary>
/// <param name="Registered">Devices that registered; one that came again is not counted twice.</param>
/// <param name="LastUsedAt">When a device last registered, or came again; null: none yet.</param>
public sealed record RegistrationCounts(long Registered, long Refused, Instant? LastUsedAt)
{
    public static RegistrationCounts None { get; } = new(0, 0, null);
}

/// <summary>How devices came to be known, and by what else than a secret.</summary>
public interface IProvisioningQueries
{
    ValueTask<RegistrationCounts> CountsAsync(string enrollmentId, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<Page<Registration>> RegistrationsAsync(string enrollmentId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>The device that has this claim code; null when none has.</summary>
    ValueTask<string?> FindClaimedDeviceAsync(string codeHash, CancellationToken cancellationToken);

    /// <summary>Thumbprints of a principal's certificates, in their order.</summary>
    ValueTask<IReadOnlyList<string>> CertificatesAsync(EntityId principal, CancellationToken cancellationToken);
}
