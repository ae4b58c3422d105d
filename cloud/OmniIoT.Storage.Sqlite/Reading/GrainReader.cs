using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.State;
using OmniIoT.Sqlite;
using OmniIoT.Storage.Sqlite.Writing;

namespace OmniIoT.Storage.Sqlite.Reading;

internal sealed class GrainReader(ReaderPool readers) : IGrainStore, IGrainMail, ICredentialStore
{
    public ValueTask<Snapshot?> LoadAsync(EntityId id, CancellationToken cancellationToken) =>
        new(
            readers.Read(connection =>
                connection
                    .Prepare("SELECT state, facts, version FROM grains WHERE id = $1")
                    .Bind(id.ToString())
                    .ReadFirst(static row => new Snapshot(row.Bytes(0).ToArray(), row.NullableBytes(1), row.Int64(2)))
            )
        );

    public ValueTask<byte[]?> LoadHistoryAsync(EntityId id, CancellationToken cancellationToken) =>
        new(
            readers.Read(connection =>
                connection
                    .Prepare("SELECT state FROM grains WHERE id = $1")
                    .Bind(GrainWriter.HistoryId(id))
                    .ReadFirst(static row => row.Bytes(0).ToArray())
            )
        );

    public ValueTask<IReadOnlyList<EntityId>> DueAsync(Instant now, int limit, CancellationToken cancellationToken) =>
        new(
            readers.Read(connection =>
                connection
                    .Prepare("SELECT id FROM grains WHERE due_at IS NOT NULL AND due_at <= $1 ORDER BY due_at LIMIT $2")
                    .Bind(now.UnixMilliseconds)
                    .Bind(limit)
                    .ReadAll(static row => StoredId.Parse(row.Text(0)))
            )
        );

    public ValueTask<IReadOnlyList<EntityId>> DueAfterAsync(
        Instant time,
        EntityId? afterId,
        int limit,
        CancellationToken cancellationToken
    ) =>
        new(
            readers.Read(connection =>
                connection
                    .Prepare("SELECT id FROM grains WHERE due_at > $1 AND (id || '') > $2 ORDER BY id || '' LIMIT $3")
                    .Bind(time.UnixMilliseconds)
                    .Bind(afterId?.ToString() ?? "")
                    .Bind(limit)
                    .ReadAll(static row => StoredId.Parse(row.Text(0)))
            )
        );

    public ValueTask<IReadOnlyList<GrainLetter>> PendingAsync(string? afterId, int limit, CancellationToken cancellationToken) =>
        new(
            readers.Read(connection =>
                connection
                    .Prepare("SELECT json FROM letters WHERE id > $1 ORDER BY id LIMIT $2")
                    .Bind(afterId ?? "")
                    .Bind(limit)
                    .ReadAll<GrainLetter>()
            )
        );

    public ValueTask<string?> FindSecretHashAsync(EntityId principal, CancellationToken cancellationToken) =>
        new(
            readers.Read(connection =>
                connection
                    .Prepare("SELECT secret_hash FROM credentials WHERE principal = $1")
                    .Bind(principal.ToString())
                    .ReadFirst(static row => row.Text(0))
            )
        );

    public ValueTask<byte[]?> FindSealedSecretAsync(EntityId principal, CancellationToken cancellationToken) =>
        new(
            readers.Read(connection =>
                connection
                    .Prepare("SELECT sealed_secret FROM credentials WHERE principal = $1 AND sealed_secret IS NOT NULL")
                    .Bind(principal.ToString())
                    .ReadFirst(static row => row.Bytes(0).ToArray())
            )
        );

    public ValueTask<EntityId?> FindByDigestAsync(string digest, CancellationToken cancellationToken) =>
        FindPrincipal("SELECT principal FROM credentials WHERE secret_digest = $1", digest);

    public ValueTask<EntityId?> FindByThumbprintAsync(string thumbprint, CancellationToken cancellationToken) =>
        FindPrincipal("SELECT principal FROM certificates WHERE thumbprint = $1", thumbprint);

    private ValueTask<EntityId?> FindPrincipal(string query, string by) =>
        new(
            readers.Read(connection => connection.Prepare(query).Bind(by).ReadFirst(static row => row.Text(0))) is { } principal
                ? StoredId.Parse(principal)
                : null
        );
}
