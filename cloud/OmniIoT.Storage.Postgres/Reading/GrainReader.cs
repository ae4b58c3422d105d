using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.State;
using OmniIoT.Storage.Postgres.Writing;

namespace OmniIoT.Storage.Postgres.Reading;

internal sealed class GrainReader(ISqlReader sql) : IGrainStore, IGrainMail, ICredentialStore
{
    public ValueTask<Snapshot?> LoadAsync(EntityId id, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            "SELECT state, facts, version FROM grains WHERE id = $1",
            [id.ToString()],
            static row => new Snapshot(row.Bytes(0).ToArray(), row.NullableBytes(1), row.Int64(2)),
            cancellationToken
        );

    public ValueTask<byte[]?> LoadHistoryAsync(EntityId id, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            "SELECT state FROM grains WHERE id = $1",
            [SnapshotWriter.HistoryId(id)],
            static row => row.Bytes(0).ToArray(),
            cancellationToken
        );

    public ValueTask<IReadOnlyList<EntityId>> DueAsync(Instant now, int limit, CancellationToken cancellationToken) =>
        sql.ReadAsync(
            "SELECT id FROM grains WHERE due_at IS NOT NULL AND due_at <= $1 ORDER BY due_at LIMIT $2",
            [now.UnixMilliseconds, (long)limit],
            static row => StoredId.Parse(row.Text(0)),
            cancellationToken
        );

    public ValueTask<IReadOnlyList<EntityId>> DueAfterAsync(
        Instant time,
        EntityId? afterId,
        int limit,
        CancellationToken cancellationToken
    ) =>
        sql.ReadAsync(
            "SELECT id FROM grains WHERE due_at > $1 AND (id || '') > $2 ORDER BY id || '' LIMIT $3",
            [time.UnixMilliseconds, afterId?.ToString() ?? "", (long)limit],
            static row => StoredId.Parse(row.Text(0)),
            cancellationToken
        );

    public ValueTask<IReadOnlyList<GrainLetter>> PendingAsync(string? afterId, int limit, CancellationToken cancellationToken) =>
        sql.AllAsync<GrainLetter>(
            "SELECT json FROM letters WHERE id > $1 ORDER BY id LIMIT $2",
            [afterId ?? "", (long)limit],
            cancellationToken
        );

    public ValueTask<string?> FindSecretHashAsync(EntityId principal, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            "SELECT secret_hash FROM credentials WHERE principal = $1",
            [principal.ToString()],
            static row => row.Text(0),
            cancellationToken
        );

    public ValueTask<byte[]?> FindSealedSecretAsync(EntityId principal, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            "SELECT sealed_secret FROM credentials WHERE principal = $1 AND sealed_secret IS NOT NULL",
            [principal.ToString()],
            static row => row.Bytes(0).ToArray(),
            cancellationToken
        );

    public ValueTask<EntityId?> FindByDigestAsync(string digest, CancellationToken cancellationToken) =>
        FindPrincipalAsync("SELECT principal FROM credentials WHERE secret_digest = $1", digest, cancellationToken);

    public ValueTask<EntityId?> FindByThumbprintAsync(string thumbprint, CancellationToken cancellationToken) =>
        FindPrincipalAsync("SELECT principal FROM certificates WHERE thumbprint = $1", thumbprint, cancellationToken);

    private async ValueTask<EntityId?> FindPrincipalAsync(string query, string by, CancellationToken cancellationToken) =>
        await sql.FirstAsync(query, [by], static row => row.Text(0), cancellationToken) is { } principal ? StoredId.Parse(principal) : null;
}
