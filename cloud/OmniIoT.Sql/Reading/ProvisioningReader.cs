using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

internal sealed class ProvisioningReader(ISqlReader sql) : IProvisioningQueries
{
    public async ValueTask<RegistrationCounts> CountsAsync(string enrollmentId, CancellationToken cancellationToken) =>
        await sql.FirstAsync(
            "SELECT registered, refused, last_used_at FROM registration_counts WHERE enrollment_id = $1",
            [enrollmentId],
            static row => new RegistrationCounts(row.Int64(0), row.Int64(1), row.NullableInt64(2) is { } at ? new Instant(at) : null),
            cancellationToken
        ) ?? RegistrationCounts.None;

    public ValueTask<Page<Registration>> RegistrationsAsync(string enrollmentId, PageRequest page, CancellationToken cancellationToken) =>
        new Select("json", "registrations", Order.NewestFirst("at"))
            .Equal("enrollment_id", enrollmentId)
            .ReadAsync<Registration>(sql, page, cancellationToken);

    public ValueTask<string?> FindClaimedDeviceAsync(string codeHash, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            "SELECT device_id FROM claim_codes WHERE code_hash = $1 ORDER BY device_id LIMIT 1",
            [codeHash],
            static row => row.Text(0),
            cancellationToken
        );

    public ValueTask<IReadOnlyList<string>> CertificatesAsync(EntityId principal, CancellationToken cancellationToken) =>
        sql.ReadAsync(
            "SELECT thumbprint FROM certificates WHERE principal = $1 ORDER BY thumbprint",
            [principal.ToString()],
            static row => row.Text(0),
            cancellationToken
        );
}
