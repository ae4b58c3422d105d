using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports;
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
/// Lets devices register themselves by the terms of an enrolment. Every attempt is counted, and recorded unless there were too many.
/// </summary>
public sealed class Provisioner(
    Enrollments enrollments,
    EnrollmentProofs proofs,
    Admission admission,
    RegistrationRecords records,
    IAttempts attempts,
    CatalogKeeper catalogs,
    IdGenerator ids
)
{
    /// <summary>Wrong credentials from one address within a minute; then it waits for the minute's end.</summary>
    public const int MaximumFailures = 10;

    private const string Busy = "Too many devices register at this moment; try again in two seconds.";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly AttemptRule Failures = new("registration-failure", MaximumFailures, Window);

    public async Task<ProvisioningReply> RegisterAsync(RegistrationAttempt attempt, CancellationToken cancellationToken)
    {
        Attempt guess = new(attempts, (Failures, attempt.Address));
        (AttemptPlace turn, (VersionedEnrollment? found, JudgedCredentials judged)) = await guess.JudgeAsync(
            () => JudgeAsync(attempt, cancellationToken),
            static result => result.Credentials.Wrong is not null
        );
        if (turn.Pause is { } wait)
            return records.Refuse(
                Throttled(turn.IsBusy ? Busy : "Too many wrong credentials came from this address; wait a minute.", wait)
            );
        if (judged.Wrong is { } wrong)
        {
            // Of an enrolment that does not exist nothing is kept: anybody could fill the disk with such.
            return found is null ? records.Refuse(wrong) : await records.RefuseAsync(attempt, judged.Thumbprint, wrong);
        }
        Enrollment terms = found!.Stored.Terms;
        Attempt place = new(attempts, (new AttemptRule("registration", terms.RatePerMinute, Window), terms.Id));
        if (await place.TakeAsync() is { } pause)
            return records.Refuse(Throttled($"The enrolment '{terms.Id}' takes {terms.RatePerMinute} attempts a minute.", pause));
        return terms.Judge(attempt.DeviceId, attempt.Model, ids.Now(), catalogs.Current) is { } refusal
            ? await records.RefuseAsync(attempt, judged.Thumbprint, refusal)
            : await admission.AdmitAsync(attempt, terms, judged.Thumbprint, cancellationToken);
    }

    private async ValueTask<(VersionedEnrollment? Enrollment, JudgedCredentials Credentials)> JudgeAsync(
        RegistrationAttempt attempt,
        CancellationToken cancellationToken
    )
    {
        VersionedEnrollment? found = await enrollments.FindAsync(attempt.EnrollmentId, cancellationToken);
        return (found, await proofs.JudgeAsync(attempt, found?.Stored, cancellationToken));
    }

    private static RegistrationRefusal Throttled(string message, TimeSpan wait) =>
        new(RegistrationOutcome.Throttled, message, RetryAfter: wait);
}
