using OmniIoT.Domain.Audit;
using OmniIoT.Ports.Audit;
using OmniIoT.Postgres;
using OmniIoT.Sql.Reading;
using OmniIoT.Storage.Postgres.Reading;

namespace OmniIoT.Storage.Postgres;

/// <summary>The trail of a cluster, whose processes may go on meanwhile. Nothing is written.</summary>
public sealed class PostgresAuditTrail : IAuditTrail, IDisposable
{
    private readonly Database _database;
    private readonly AuditReader _reader;

    public PostgresAuditTrail(string connectionString)
    {
        _database = new Database(connectionString, maxConnections: 1, "OmniIoT audit");
        _reader = new AuditReader(new PostgresReader(_database));
    }

    public ValueTask<ChainHead> HeadAsync(CancellationToken cancellationToken) => _reader.HeadAsync(cancellationToken);

    public ValueTask<IReadOnlyList<ChainLink>> AfterAsync(long sequence, int limit, CancellationToken cancellationToken) =>
        _reader.AfterAsync(sequence, limit, cancellationToken);

    public void Dispose() => _database.Dispose();
}
