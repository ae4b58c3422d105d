using System.Collections.Concurrent;
using System.Text.Json;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Metrics;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Grains.Provisioning;

/// <summary>A device's attempt to register itself.</summary>
/// <param name="Bearer">The enrolment's key or the device's token; null: it has a proof.</param>
/// <param name="Proof">That it has a certificate; null: it has a bearer.</param>
/// <param name="Address">Where it comes from.</param>
public sealed record RegistrationAttempt(
    string EnrollmentId,
    string DeviceId,
    string Model,
    string? Name,
    string? Bearer,
    CertificateProof? Proof,
    string Address
);

/// <summary>What a device gets that registered itself; nobody can read it again.</summary>
/// <param name="ClaimCode">Null when the device has an owner.</param>
public sealed record ProvisionedDevice(DeviceRegistration Device, string Secret, NewClaimCode? ClaimCode);

/// <summary>One of both.</summary>
public readonly record struct ProvisioningReply(ProvisionedDevice? Result, RegistrationRefusal? Refusal);

/// <summary>
/// Lets devices register themselves by the terms of an enrolment. Every attempt is counted, and recorded unless there were too many;
/// that a device registers once is its grain's decision.
/// </summary>
public sealed class Provisioner(
    Enrollments enrollments,
    EnrollmentKeys keys,
    Claims claims,
    IGrains grains,
    IProvisioningQueries provisioning,
    IDeviceQueries devices,
    CatalogKeeper catalogs,
    ICommitter committer,
    IDownlinkPublisher publisher,
    IdGenerator ids,
    OmniMetrics metrics,
    IAttempts attempts
)
{
    /// <summary>Wrong credentials from one address within a minute; then it waits for the minute's end.</summary>
    public const int MaximumFailures = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const string Failures = "registration-failure";
    private const string Attempts = "registration";

    // Places of an enrolment are counted and given one device at a time. Several processes could each give one too many.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _places = new(StringComparer.Ordinal);

    public async Task<ProvisioningReply> RegisterAsync(RegistrationAttempt attempt, CancellationToken cancellationToken)
    {
        if (await attempts.WaitOfAsync(Failures, attempt.Address, MaximumFailures) is { } wait)
            return Refuse(Throttled("Too many wrong credentials came from this address; wait a minute.", wait));
        VersionedEnrollment? found = await enrollments.FindAsync(attempt.EnrollmentId, cancellationToken);
        (RegistrationRefusal? wrong, string? thumbprint) = await AuthenticateAsync(attempt, found?.Stored, cancellationToken);
        if (wrong is not null)
        {
            await attempts.CountAsync(Failures, attempt.Address, Window);
            // Of an enrolment that does not exist nothing is kept: anybody could fill the disk with such.
            return found is null ? Refuse(wrong) : await RecordAsync(attempt, thumbprint, wrong);
        }
        Enrollment terms = found!.Stored.Terms;
        if (await attempts.WaitOfAsync(Attempts, terms.Id, terms.RatePerMinute) is { } pause)
            return Refuse(Throttled($"The enrolment '{terms.Id}' takes {terms.RatePerMinute} attempts a minute.", pause));
        await attempts.CountAsync(Attempts, terms.Id, Window);
        return terms.Judge(attempt.DeviceId, attempt.Model, ids.Now(), catalogs.Current) is { } refusal
            ? await RecordAsync(attempt, thumbprint, refusal)
            : await TakePlaceAsync(attempt, terms, thumbprint, cancellationToken);
    }

    private async ValueTask<(RegistrationRefusal? Wrong, string? Thumbprint)> AuthenticateAsync(
        RegistrationAttempt attempt,
        StoredEnrollment? enrollment,
        CancellationToken cancellationToken
    )
    {
        // Who has the wrong key does not learn whether the enrolment exists.
        if (enrollment is null)
            return (WrongCredentials("The credentials are not those of the enrolment."), null);
        if (attempt.Proof is { } proof)
            return Verify(attempt, proof, enrollment.Terms);
        bool isRight =
            attempt.Bearer is { } bearer
            && RegistrationToken.Admits(bearer, await keys.KeyOfAsync(enrollment, cancellationToken), attempt.DeviceId);
        return (isRight ? null : WrongCredentials("The credentials are not those of the enrolment."), null);
    }

    private (RegistrationRefusal? Wrong, string? Thumbprint) Verify(RegistrationAttempt attempt, CertificateProof proof, Enrollment terms)
    {
        if (terms.CertificateAuthority is not { } authority)
            return (WrongCredentials("The enrolment takes no certificates."), null);
        ProofResult result = proof.Verify(authority, attempt.DeviceId, terms.Id, ids.Now());
        return (result.Mistake is { } mistake ? WrongCredentials(mistake) : null, result.Thumbprint);
    }

    private async Task<ProvisioningReply> TakePlaceAsync(
        RegistrationAttempt attempt,
        Enrollment terms,
        string? thumbprint,
        CancellationToken cancellationToken
    )
    {
        if (terms.MaxDevices is not { } maximum)
            return await AdmitAsync(attempt, terms, thumbprint, cancellationToken);
        SemaphoreSlim place = _places.GetOrAdd(terms.Id, static _ => new SemaphoreSlim(1));
        await place.WaitAsync(cancellationToken);
        try
        {
            return await IsFullAsync(attempt, maximum, cancellationToken)
                ? await RecordAsync(
                    attempt,
                    thumbprint,
                    new RegistrationRefusal(
                        RegistrationOutcome.EnrollmentFull,
                        $"As many devices as the enrolment '{terms.Id}' allows have registered: {maximum}."
                    )
                )
                : await AdmitAsync(attempt, terms, thumbprint, cancellationToken);
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

    private async Task<ProvisioningReply> AdmitAsync(
        RegistrationAttempt attempt,
        Enrollment terms,
        string? thumbprint,
        CancellationToken cancellationToken
    )
    {
        NewClaimCode code = await claims.NewAsync(ClaimCode.DefaultLifetime, cancellationToken);
        EntityId device = EntityId.Device(attempt.DeviceId);
        EnrollDevice request = new(
            terms.Id,
            attempt.Model,
            terms.SiteId,
            attempt.Name,
            attempt.Address,
            thumbprint,
            code.Hash,
            code.ExpiresAt
        );
        Reply<DeviceEnrolled> reply = await grains.Device(attempt.DeviceId).EnrollAsync(request);
        if (reply.Rejection is { } rejection)
            return await RecordAsync(attempt, thumbprint, RefusalOf(rejection));
        DeviceEnrolled enrolled = reply.Result!;
        if (enrolled.Again)
            await publisher.DisconnectAsync(device, "it registered anew");
        Count(enrolled.Again ? RegistrationOutcome.Reenrolled : RegistrationOutcome.Registered);
        return new ProvisioningReply(
            new ProvisionedDevice(enrolled.Device, enrolled.Secret, enrolled.Device.CustomerId is null ? code : null),
            null
        );
    }

    private async Task<ProvisioningReply> RecordAsync(RegistrationAttempt attempt, string? thumbprint, RegistrationRefusal refusal)
    {
        Registration registration = new(
            ids.Next(),
            attempt.EnrollmentId,
            ids.Now(),
            attempt.DeviceId,
            attempt.Model,
            attempt.Address,
            thumbprint,
            refusal.Outcome
        );
        await committer.CommitAsync(new CommitUnit { Effects = { new AppendRegistration(registration) } });
        return Refuse(refusal);
    }

    private ProvisioningReply Refuse(RegistrationRefusal refusal)
    {
        Count(refusal.Outcome);
        return new ProvisioningReply(null, refusal);
    }

    private void Count(RegistrationOutcome outcome) =>
        metrics.Provisioning.Add(
            1,
            new KeyValuePair<string, object?>("outcome", JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString()))
        );

    private static RegistrationRefusal RefusalOf(Rejection rejection) =>
        new(
            rejection.Kind is RejectionKind.Invalid ? RegistrationOutcome.UnknownModel : RegistrationOutcome.AlreadyRegistered,
            rejection.Message,
            rejection.Pointer
        );

    private static RegistrationRefusal WrongCredentials(string message) => new(RegistrationOutcome.WrongCredentials, message);

    private static RegistrationRefusal Throttled(string message, TimeSpan wait) =>
        new(RegistrationOutcome.Throttled, message, RetryAfter: wait);
}
