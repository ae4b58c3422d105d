using Microsoft.Extensions.Logging;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.State;
using OmniIoT.Sqlite;
using OmniIoT.Storage.Sqlite.Searching;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>
/// The one writing connection. After a failure it is thrown away, with its transaction, and the next call opens a fresh one:
/// storage that comes back is used again by itself. Safe for concurrent use; callers wait for each other.
/// </summary>
internal sealed class StoreWriter(string path, int keptChanges, TimeProvider time, ILogger logger)
    : ICommitStore,
        ISequenceStore,
        IDisposable
{
    /// <summary>
    /// 4 KiB pages: a commit mostly rewrites scattered small rows, each of which costs a page of the log. The log is copied into
    /// the database every 64 MiB, because a page that changed often is copied once; 16 MiB made commits of 100 grains and 1 MiB
    /// of telemetry a third slower. Reading such a log after a crash takes a fraction of a second.
    /// </summary>
    private static readonly WriterOptions Tuning = new(
        PageSize: 4096,
        CacheKibibytes: 65_536,
        CheckpointPages: 16_384,
        JournalSizeLimit: 96 << 20
    );

    /// <summary>Pages of log that are worth a copy beside the writer: 8 MiB, an eighth of what the writer itself waits for.</summary>
    private const int PagesBesides = 2_048;

    private readonly Lock _lock = new();
    private Checkpointer? _checkpointer;
    private Session? _session;
    private bool _disposed;

    /// <summary>Creates the database or brings it to the newest version.</summary>
    public void Prepare(IReadOnlyList<Migration> migrations)
    {
        using DatabaseConnection connection = DatabaseConnection.OpenWriter(path, Tuning);
        Migrator.Upgrade(connection, migrations, time, (found, known) => new DatabaseTooNewException(path, found, known));
        WordWriter words = new(connection);
        connection.InTransactionDo(new CustomerWriter(connection, new ChangeWriter(connection, time, keptChanges), words).Renew);
        new Reindexing(connection, logger).Run();
    }

    public IReadOnlyList<Change> Commit(IReadOnlyList<CommitUnit> units)
    {
        CommitOutcome[] outcomes = new CommitOutcome[units.Count];
        IReadOnlyList<Change> changes = Write(session =>
        {
            session.Begin.Run();
            for (int i = 0; i < outcomes.Length; i++)
                outcomes[i] = session.Effects.Apply(units[i]);
            IReadOnlyList<Change> written = session.Effects.Finish();
            session.Commit.Run();
            if (session.Effects.TakeErased())
                Checkpointer.RequestCleansing();
            else
                RequestCheckpoint(session);
            return written;
        });
        for (int i = 0; i < outcomes.Length; i++)
            units[i].Outcome = outcomes[i];
        return changes;
    }

    public string? Probe()
    {
        try
        {
            Write(session => session.Probe.Bind(time.GetUtcNow().ToUnixTimeMilliseconds()).Run());
            return null;
        }
        catch (StorageUnavailableException unavailable)
        {
            return unavailable.Message;
        }
    }

    /// <summary>
    /// Takes numbers in a transaction of its own, on any thread, waiting for a commit that is under way. It is not flushed: what
    /// makes use of a number is written later into the same log, and cannot reach the disk without it.
    /// </summary>
    public long Take(string sequence, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Write(session =>
        {
            session.Connection.Execute("PRAGMA synchronous = NORMAL");
            session.Take.Bind(sequence).Bind(count).Step();
            long last = session.Take.Int64(0);
            // Only the end of the statement commits it.
            session.Take.Run();
            session.Connection.Execute("PRAGMA synchronous = FULL");
            return last - count + 1;
        });
    }

    /// <summary>May be called again: the writer stands behind several ports, and each of them may be disposed.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            _checkpointer?.Dispose();
            Drop();
        }
    }

    private T Write<T>(Func<Session, T> work)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            bool done = false;
            try
            {
                _session ??= new Session(DatabaseConnection.OpenWriter(path, Tuning), time, keptChanges);
                T result = work(_session);
                done = true;
                return result;
            }
            finally
            {
                if (!done)
                    Drop();
            }
        }
    }

    private Checkpointer Checkpointer => _checkpointer ??= new Checkpointer(path, Tuning, time, logger);

    private void RequestCheckpoint(Session session)
    {
        int written = session.Connection.PagesWritten;
        if (written - session.PagesCheckpointed < PagesBesides)
            return;
        session.PagesCheckpointed = written;
        Checkpointer.Request();
    }

    private void Drop()
    {
        _session?.Connection.Dispose();
        _session = null;
    }

    /// <summary>A connection and the statements prepared on it.</summary>
    private sealed class Session(DatabaseConnection connection, TimeProvider time, int keptChanges)
    {
        public DatabaseConnection Connection => connection;

        /// <summary>Of <see cref="DatabaseConnection.PagesWritten"/>, when a copy was last asked for.</summary>
        public int PagesCheckpointed { get; set; }

        public EffectWriter Effects { get; } = new(connection, time, keptChanges);

        public Statement Begin { get; } = connection.Prepare("BEGIN IMMEDIATE");

        public Statement Commit { get; } = connection.Prepare("COMMIT");

        public Statement Probe { get; } =
            connection.Prepare("INSERT INTO probe (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at");

        public Statement Take { get; } =
            connection.Prepare(
                """
                INSERT INTO sequences (name, last) VALUES ($1, $2)
                ON CONFLICT (name) DO UPDATE SET last = sequences.last + excluded.last RETURNING last
                """
            );
    }
}
