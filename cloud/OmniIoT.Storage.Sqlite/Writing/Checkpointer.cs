using System.Globalization;
using OmniIoT.Sqlite;
using OmniIoT.Storage.Sqlite.Reading;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>
/// Copies the write-ahead log into the database beside the writer, on a thread and a connection of its own. Without it every
/// 64 MiB of log one commit did all the copying, and whoever waited for it 50 to 250 ms; so that commit finds almost nothing
/// left to copy. What fails here is tried again later, and in the end by the writer itself.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    private const int RetryMilliseconds = 200;

    /// <summary>A database up to this size is rewritten within 2 s, for which the writer waits.</summary>
    private const long MostRewrittenBytes = 128L * 1024 * 1024;

    private readonly string _path;
    private readonly WriterOptions _tuning;
    private readonly AutoResetEvent _wanted = new(false);
    private readonly Thread _thread;
    private volatile bool _stopping;
    private volatile Cleansing _cleansing;

    public Checkpointer(string path, WriterOptions tuning)
    {
        _path = path;
        _tuning = tuning;
        _thread = new Thread(Run) { Name = "checkpointer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>There is enough in the log to be worth copying.</summary>
    public void Request() => _wanted.Set();

    /// <summary>
    /// Database and log hold what must be nowhere any more. The database is rewritten, for the engine overwrites what is deleted, but not
    /// what it leaves behind when it moves rows from page to page; then the log is copied whole and cut to nothing, as soon as no reader
    /// needs it.
    /// </summary>
    public void RequestCleansing()
    {
        _cleansing = Cleansing.Rewrite;
        _wanted.Set();
    }

    public void Dispose()
    {
        _stopping = true;
        _wanted.Set();
        _thread.Join();
        _wanted.Dispose();
    }

    /// <summary>Waits little for readers: the writer waits meanwhile.</summary>
    private DatabaseConnection Open()
    {
        DatabaseConnection connection = DatabaseConnection.OpenWriter(_path, _tuning);
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {RetryMilliseconds}"));
        return connection;
    }

    private void Cleanse(DatabaseConnection connection)
    {
        // What is erased meanwhile asks anew, and finds both to do.
        if (Interlocked.CompareExchange(ref _cleansing, Cleansing.EmptyLog, Cleansing.Rewrite) is Cleansing.Rewrite)
            Rewrite(connection);
        if (connection.Prepare("PRAGMA wal_checkpoint(TRUNCATE)").ReadNumber() == 0)
            Interlocked.CompareExchange(ref _cleansing, Cleansing.None, Cleansing.EmptyLog);
    }

    private void Rewrite(DatabaseConnection connection)
    {
        bool done = false;
        try
        {
            if (new FileInfo(_path).Length <= MostRewrittenBytes)
                connection.Execute("VACUUM");
            done = true;
        }
        finally
        {
            if (!done)
                _cleansing = Cleansing.Rewrite;
        }
    }

    private void Run()
    {
        DatabaseConnection? connection = null;
        while (true)
        {
            _wanted.WaitOne(_cleansing is Cleansing.None ? Timeout.Infinite : RetryMilliseconds);
            if (_stopping)
                break;
            try
            {
                connection ??= Open();
                if (_cleansing is Cleansing.None)
                    connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");
                else
                    Cleanse(connection);
            }
#pragma warning disable CA1031 // Edge of the loop: an exception would end the process, and the writer can do without this thread.
            catch (Exception)
#pragma warning restore CA1031
            {
                connection?.Dispose();
                connection = null;
            }
        }
        connection?.Dispose();
    }

    /// <summary>What is left to do until nothing that was erased stands in a file.</summary>
    private enum Cleansing
    {
        None,
        Rewrite,
        EmptyLog,
    }
}
