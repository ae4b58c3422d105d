using OmniIoT.Domain.Provisioning;
using OmniIoT.Ports;

namespace OmniIoT.Grains.Provisioning;

/// <summary>What a device's credentials were found to be.</summary>
/// <param name="Wrong">Null: they are right.</param>
/// <param name="Thumbprint">Of the certificate that it showed; null: none.</param>
public readonly record struct JudgedCredentials(RegistrationRefusal? Wrong, string? Thumbprint);

/// <summary>Judges what devices show of an enrolment: its key, a token made with it, or a certificate.</summary>
public sealed class EnrollmentProofs(EnrollmentKeys keys, IdGenerator ids)
{
    /// <param name="enrollment">Null: there is none of this id. Who has the wrong key does not learn so.</param>
    public async ValueTask<JudgedCredentials> JudgeAsync(
        RegistrationAttempt attempt,
        StoredEnrollment? enrollment,
        CancellationToken cancellationToken
    )
    {
        if (enrollment is null)
            return new JudgedCredentials(Wrong("The credentials are not those of the enrolment."), null);
        if (attempt.Proof is { } proof)
            return Judge(attempt, proof, enrollment.Terms);
        bool isRight =
            attempt.Bearer is { } bearer
            && RegistrationToken.Admits(bearer, await keys.KeyOfAsync(enrollment, cancellationToken), attempt.DeviceId);
        return new JudgedCredentials(isRight ? null : Wrong("The credentials are not those of the enrolment."), null);
    }

    private JudgedCredentials Judge(RegistrationAttempt attempt, CertificateProof proof, Enrollment terms)
    {
        if (terms.CertificateAuthority is not { } authority)
            return new JudgedCredentials(Wrong("The enrolment takes no certificates."), null);
        ProofResult result = proof.Verify(authority, attempt.DeviceId, terms.Id, ids.Now());
        return new JudgedCredentials(result.Mistake is { } mistake ? Wrong(mistake) : null, result.Thumbprint);
    }

    private static RegistrationRefusal Wrong(string message) => new(RegistrationOutcome.WrongCredentials, message);
}
