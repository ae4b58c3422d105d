using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Ports.Queries;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Reading;

internal sealed class ProvisioningReader(ReaderPool readers) : IProvisioningQueries
{
    public ValueTask<RegistrationCounts> CountsAsync(string enrollmentId, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection
            .Prepare("SELECT registered, refused, last_used_at FROM registration_counts WHERE enrollment_id = $1")
            .Bind(enrollmentId).ReadFirst(static row => new RegistrationCounts(
                row.Int64(0), row.Int64(1), row.NullableInt64(2) is { } at ? new Instant(at) : null))) ?? RegistrationCounts.None);

    public ValueTask<Page<Registration>> RegistrationsAsync(string enrollmentId, PageRequest page, CancellationToken cancellationToken) =>
        new(new Select("json", "registrations", Order.NewestFirst("at"))
            .Equal("enrollment_id", enrollmentId)
            .Read<Registration>(readers, page));

    public ValueTask<string?> FindClaimedDeviceAsync(string codeHash, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection.Prepare("SELECT device_id FROM claim_codes WHERE code_hash = $1 ORDER BY device_id LIMIT 1")
            .Bind(codeHash).ReadFirst(static row => row.Text(0))));

    public ValueTask<IReadOnlyList<string>> CertificatesAsync(EntityId principal, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection.Prepare("SELECT thumbprint FROM certificates WHERE principal = $1 ORDER BY thumbprint")
            .Bind(principal.ToString()).ReadAll(static row => row.Text(0))));
}
