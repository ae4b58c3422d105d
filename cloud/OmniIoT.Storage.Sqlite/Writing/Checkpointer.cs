using OmniIoT.Grains.Ports;
using OmniIoT.Storage.Sqlite.Engine;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>
/// Copies the write-ahead log into the database beside the writer, on a thread and a connection of its own. Without it every
/// 64 MiB of log one commit did all the copying, and whoever waited for it 50 to 250 ms; so that commit finds almost nothing
/// left to copy. What fails here is tried again later, and in the end by the writer itself.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    private readonly string _path;
    private readonly WriterOptions _tuning;
    private readonly AutoResetEvent _wanted = new(false);
    private readonly Thread _thread;
    private volatile bool _stopping;

    public Checkpointer(string path, WriterOptions tuning)
    {
        _path = path;
        _tuning = tuning;
        _thread = new Thread(Run) { Name = "checkpointer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>There is enough in the log to be worth copying.</summary>
    public void Request() => _wanted.Set();

    public void Dispose()
    {
        _stopping = true;
        _wanted.Set();
        _thread.Join();
        _wanted.Dispose();
    }

    private void Run()
    {
        Connection? connection = null;
        while (_wanted.WaitOne() && !_stopping)
        {
            try
            {
                connection ??= Connection.OpenWriter(_path, _tuning);
                connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");
            }
            catch (Exception error) when (error is StorageUnavailableException or EngineException)
            {
                connection?.Dispose();
                connection = null;
            }
        }
        connection?.Dispose();
    }
}
