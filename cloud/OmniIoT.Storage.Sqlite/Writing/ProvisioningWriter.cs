using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Attempts to register with their counts, claim codes and certificates.</summary>
internal sealed class ProvisioningWriter(DatabaseConnection connection) : IProvisioningWriter
{
    private readonly Statement _append = connection.Prepare(
        """
        INSERT INTO registrations (id, enrollment_id, at, refused, json) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING
        """
    );
    private readonly Statement _count = connection.Prepare(
        """
        INSERT INTO registration_counts (enrollment_id, registered, refused, last_used_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (enrollment_id) DO UPDATE SET registered = registration_counts.registered + excluded.registered,
            refused = registration_counts.refused + excluded.refused,
            last_used_at = coalesce(excluded.last_used_at, registration_counts.last_used_at)
        """
    );
    private readonly Statement _trim = connection.Prepare(
        """
        DELETE FROM registrations WHERE enrollment_id = $1 AND refused = 1 AND id <= (
            SELECT id FROM registrations WHERE enrollment_id = $2 AND refused = 1 ORDER BY id DESC LIMIT 1 OFFSET $3)
        """
    );
    private readonly Statement _resetCounts = connection.Prepare("DELETE FROM registration_counts WHERE enrollment_id = $1");
    private readonly Statement _putCode = connection.Prepare(
        """
        INSERT INTO claim_codes (device_id, code_hash) VALUES ($1, $2)
        ON CONFLICT (device_id) DO UPDATE SET code_hash = excluded.code_hash
        """
    );
    private readonly Statement _deleteCode = connection.Prepare("DELETE FROM claim_codes WHERE device_id = $1");
    private readonly Statement _putCertificate = connection.Prepare(
        """
        INSERT INTO certificates (thumbprint, principal) VALUES ($1, $2)
        ON CONFLICT (thumbprint) DO UPDATE SET principal = excluded.principal
        """
    );
    private readonly Statement _deleteCertificate = connection.Prepare("DELETE FROM certificates WHERE thumbprint = $1");
    private readonly Statement _deleteCertificates = connection.Prepare("DELETE FROM certificates WHERE principal = $1");

    public void Append(Registration registration)
    {
        int refused = registration.Accepted ? 0 : 1;
        int added = _append
            .Bind(registration.Id)
            .Bind(registration.EnrollmentId)
            .Bind(registration.At.UnixMilliseconds)
            .Bind(refused)
            .Bind(Json.Write(registration))
            .Run();
        if (added == 0)
            return;
        int registered = registration.Outcome is RegistrationOutcome.Registered ? 1 : 0;
        _count
            .Bind(registration.EnrollmentId)
            .Bind(registered)
            .Bind(refused)
            .Bind(registration.Accepted ? registration.At.UnixMilliseconds : (long?)null)
            .Run();
        if (refused == 1)
            _trim.Bind(registration.EnrollmentId).Bind(registration.EnrollmentId).Bind(AppendRegistration.KeptRefusals).Run();
    }

    public void Reset(ResetRegistrationCounts effect) => _resetCounts.Bind(effect.EnrollmentId).Run();

    public void Put(PutClaimCode effect) => _putCode.Bind(effect.DeviceId).Bind(effect.CodeHash).Run();

    public void Put(PutCertificate effect) => _putCertificate.Bind(effect.Thumbprint).Bind(effect.Principal.ToString()).Run();

    public void Delete(DeleteCertificate effect) => _deleteCertificate.Bind(effect.Thumbprint).Run();

    /// <summary>What was recorded of the device's registration stays.</summary>
    public void DeleteOf(string deviceId)
    {
        _deleteCode.Bind(deviceId).Run();
        _deleteCertificates.Bind(EntityId.Device(deviceId).ToString()).Run();
    }
}
