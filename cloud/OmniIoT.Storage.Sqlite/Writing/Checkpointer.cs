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

    private readonly string _path;
    private readonly WriterOptions _tuning;
    private readonly AutoResetEvent _wanted = new(false);
    private readonly Thread _thread;
    private volatile bool _stopping;
    private volatile bool _emptyLog;

    public Checkpointer(string path, WriterOptions tuning)
    {
        _path = path;
        _tuning = tuning;
        _thread = new Thread(Run) { Name = "checkpointer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>There is enough in the log to be worth copying.</summary>
    public void Request() => _wanted.Set();

    /// <summary>The log holds what must be nowhere any more: it is copied whole and cut to nothing, as soon as no reader needs it.</summary>
    public void RequestEmptyLog()
    {
        _emptyLog = true;
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
    private Connection Open()
    {
        Connection connection = Connection.OpenWriter(_path, _tuning);
        connection.Execute(
            string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA busy_timeout = {RetryMilliseconds}"
            )
        );
        return connection;
    }

    private static bool TryEmptyLog(Connection connection) =>
        connection.Prepare("PRAGMA wal_checkpoint(TRUNCATE)").ReadNumber() == 0;

    private void Run()
    {
        Connection? connection = null;
        while (true)
        {
            _wanted.WaitOne(_emptyLog ? RetryMilliseconds : Timeout.Infinite);
            if (_stopping)
                break;
            try
            {
                connection ??= Open();
                if (_emptyLog)
                    _emptyLog = !TryEmptyLog(connection);
                else
                    connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");
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
}
