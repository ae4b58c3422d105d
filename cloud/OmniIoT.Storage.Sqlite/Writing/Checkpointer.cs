using System.Globalization;
using Microsoft.Extensions.Logging;
using OmniIoT.Sqlite;
using OmniIoT.Storage.Sqlite.Searching;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>
/// Copies the write-ahead log into the database beside the writer, on a thread and a connection of its own. Without it every
/// 64 MiB of log one commit did all the copying, and whoever waited for it 50 to 250 ms; so that commit finds almost nothing
/// left to copy. After an erasure it sees to it that nothing of what was erased is left in the files. What fails is tried again; one chore
/// that fails keeps none of the others from being done.
/// </summary>
internal sealed partial class Checkpointer : IDisposable
{
    /// <summary>How long it waits for readers: the writer waits meanwhile.</summary>
    private const int BusyMilliseconds = 200;

    /// <summary>A database up to this size is rewritten within 2 s, for which the writer waits.</summary>
    private const long MostRewrittenBytes = 128L * 1024 * 1024;

    private readonly string _path;
    private readonly WriterOptions _tuning;
    private readonly ILogger _logger;
    private readonly Chore _copying;
    private readonly Chore _rewriting;
    private readonly Chore _emptying;
    private readonly AutoResetEvent _wanted = new(false);
    private readonly ITimer _alarm;
    private readonly Thread _thread;
    private DatabaseConnection? _connection;
    private volatile bool _stopping;
    private bool _isLogLong;
    private bool _isErased;

    public Checkpointer(string path, WriterOptions tuning, TimeProvider time, ILogger logger)
    {
        (_path, _tuning, _logger) = (path, tuning, logger);
        // For jitter it is enough that processes differ.
        Random random = new(unchecked((int)time.GetTimestamp()));
        _copying = new Chore("copying the log", time, random);
        _rewriting = new Chore("rewriting the database after an erasure", time, random);
        _emptying = new Chore("emptying the log after an erasure", time, random);
        _alarm = time.CreateTimer(_ => _wanted.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { Name = "checkpointer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>There is enough in the log to be worth copying.</summary>
    public void Request()
    {
        Volatile.Write(ref _isLogLong, true);
        _wanted.Set();
    }

    /// <summary>
    /// Database and log hold what must be nowhere any more. The database is rewritten, for the engine overwrites what is deleted, but not
    /// what it leaves behind when it moves rows from page to page; then the log is copied whole and cut to nothing, as soon as no reader
    /// needs it.
    /// </summary>
    public void RequestCleansing()
    {
        Volatile.Write(ref _isErased, true);
        _wanted.Set();
    }

    public void Dispose()
    {
        _stopping = true;
        _wanted.Set();
        _thread.Join();
        // An alarm that just goes off comes before the end of what it sets.
        _alarm.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _wanted.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _wanted.WaitOne();
            if (_stopping)
                break;
            DoWhatIsDue();
            if (Soonest() is { } wait)
                _alarm.Change(wait, Timeout.InfiniteTimeSpan);
        }
        Close();
    }

    private void DoWhatIsDue()
    {
        // What is erased or written meanwhile asks anew.
        if (Interlocked.Exchange(ref _isErased, false))
        {
            _rewriting.Want();
            _emptying.Want();
        }
        if (Interlocked.Exchange(ref _isLogLong, false))
            _copying.Want();

        // What is rewritten stands in the log.
        if (_rewriting.IsDue && IsDone(_rewriting, Rewrite))
            _emptying.Want();
        if (_emptying.IsDue)
            IsDone(_emptying, Empty);
        if (_copying.IsDue)
            IsDone(_copying, Copy);
    }

    private TimeSpan? Soonest() => new[] { _copying.Wait, _rewriting.Wait, _emptying.Wait }.Min();

    private bool IsDone(Chore chore, Func<DatabaseConnection, bool> work)
    {
        try
        {
            bool done = work(_connection ??= Open());
            if (done)
                chore.Done();
            else
                chore.Held();
            return done;
        }
        catch (DatabaseBusyException)
        {
            chore.Held();
        }
#pragma warning disable CA1031 // Edge of the loop: an exception would end the process, and the writer can do without this thread.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (chore.Failed(error.Message))
                LogFailed(_logger, chore.Name, error);
        }
        Close();
        return false;
    }

    private bool Rewrite(DatabaseConnection connection)
    {
        WordCleansing.Run(connection, () => _stopping);
        if (new FileInfo(_path).Length <= MostRewrittenBytes)
            connection.Execute("VACUUM");
        return true;
    }

    /// <summary>False while a reader needs the log.</summary>
    private static bool Empty(DatabaseConnection connection) => connection.Prepare("PRAGMA wal_checkpoint(TRUNCATE)").ReadNumber() == 0;

    private static bool Copy(DatabaseConnection connection)
    {
        connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");
        return true;
    }

    private DatabaseConnection Open()
    {
        DatabaseConnection connection = DatabaseConnection.OpenWriter(_path, _tuning);
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {BusyMilliseconds}"));
        return connection;
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }

    [LoggerMessage(1502, LogLevel.Warning, "In the database file, {Chore} failed; it is tried again, up to a minute apart.")]
    private static partial void LogFailed(ILogger logger, string chore, Exception error);
}
