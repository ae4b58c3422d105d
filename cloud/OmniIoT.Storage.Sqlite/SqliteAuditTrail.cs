using OmniIoT.Domain.Audit;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Commit;
using OmniIoT.Sql.Reading;
using OmniIoT.Sqlite;
using OmniIoT.Storage.Sqlite.Reading;

namespace OmniIoT.Storage.Sqlite;

/// <summary>The trail in a data directory, which may be another process's meanwhile. Nothing is written.</summary>
public sealed class SqliteAuditTrail : IAuditTrail, IDisposable
{
    private readonly ReaderPool _readers;
    private readonly AuditReader _reader;

    private SqliteAuditTrail(ReaderPool readers) => (_readers, _reader) = (readers, new AuditReader(new SqliteReader(readers)));

    /// <exception cref="StorageUnavailableException">There is no database that has a trail, or it cannot be read.</exception>
    public static SqliteAuditTrail Open(string directory)
    {
        ReaderPool readers = new(Path.Combine(directory, SqliteStore.FileName));
        try
        {
            if (readers.Read(IsThere))
                return new SqliteAuditTrail(readers);
            throw new StorageUnavailableException("the database is of an earlier version, without an audit trail; start the host once");
        }
        catch
        {
            readers.Dispose();
            throw;
        }
    }

    public ValueTask<ChainHead> HeadAsync(CancellationToken cancellationToken) => _reader.HeadAsync(cancellationToken);

    public ValueTask<IReadOnlyList<ChainLink>> AfterAsync(long sequence, int limit, CancellationToken cancellationToken) =>
        _reader.AfterAsync(sequence, limit, cancellationToken);

    public void Dispose() => _readers.Dispose();

    private static bool IsThere(DatabaseConnection connection) =>
        connection.Prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'audit_head'").ReadNumber() > 0;
}
