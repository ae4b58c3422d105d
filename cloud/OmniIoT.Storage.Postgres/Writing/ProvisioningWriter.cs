using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Attempts to register with their counts, claim codes and certificates.</summary>
internal sealed class ProvisioningWriter(CommitWork work) : IProvisioningWriter
{
    private const string Count = """
        INSERT INTO registration_counts (enrollment_id, registered, refused, last_used_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (enrollment_id) DO UPDATE SET registered = registration_counts.registered + excluded.registered,
            refused = registration_counts.refused + excluded.refused,
            last_used_at = coalesce(excluded.last_used_at, registration_counts.last_used_at)
        """;

    private const string TrimRefused = """
        DELETE FROM registrations WHERE enrollment_id = $1 AND refused = 1 AND id <= (
            SELECT id FROM registrations WHERE enrollment_id = $1 AND refused = 1 ORDER BY id DESC LIMIT 1 OFFSET $2)
        """;

    private readonly List<(NewRow Row, Registration Registration)> _attempts = [];

    /// <summary>Whether some counts go up only if rows turn out to be new.</summary>
    public bool AwaitsRows => _attempts.Count > 0;

    public void Append(Registration registration)
    {
        NewRow? row = work[Tables.Registrations]
            .Append(
                registration.Id,
                registration.EnrollmentId,
                registration.At.UnixMilliseconds,
                registration.Accepted ? 0L : 1L,
                Json.Write(registration)
            );
        if (row is not null)
            _attempts.Add((row, registration));
    }

    /// <summary>What came before counts before.</summary>
    public void Reset(ResetRegistrationCounts effect)
    {
        work.Send();
        Tally();
        work.Batch.Add("DELETE FROM registration_counts WHERE enrollment_id = $1", effect.EnrollmentId);
    }

    public void Put(PutClaimCode effect) => work[Tables.ClaimCodes].Put(effect.DeviceId, effect.CodeHash);

    public void Put(PutCertificate effect) => work[Tables.Certificates].Put(effect.Thumbprint, effect.Principal.ToString());

    public void Delete(DeleteCertificate effect) => work[Tables.Certificates].Delete(effect.Thumbprint);

    /// <summary>What was recorded of the device's registration stays.</summary>
    public void DeleteOf(string deviceId)
    {
        work[Tables.ClaimCodes].Delete(deviceId);
        work[Tables.Certificates].DeleteWhere("principal", EntityId.Device(deviceId).ToString());
    }

    /// <summary>Adds the statements that count, once rows are known.</summary>
    public void Tally()
    {
        foreach (
            IGrouping<string, Registration> enrollment in _attempts
                .Where(attempt => attempt.Row.IsNew)
                .Select(attempt => attempt.Registration)
                .GroupBy(registration => registration.EnrollmentId)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            long registered = enrollment.Count(attempt => attempt.Outcome is RegistrationOutcome.Registered);
            long refused = enrollment.Count(attempt => !attempt.Accepted);
            object lastUsed = enrollment.LastOrDefault(attempt => attempt.Accepted) is { } last ? last.At.UnixMilliseconds : DBNull.Value;
            work.Batch.Add(Count, enrollment.Key, registered, refused, lastUsed);
            if (refused > 0)
                work.Batch.Add(TrimRefused, enrollment.Key, (long)AppendRegistration.KeptRefusals);
        }
        _attempts.Clear();
    }
}
