using OmniIoT.Ports.Damage;
using OmniIoT.Ports.Loops;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite;

/// <summary>
/// Looks for damage of the database: of its log before it is opened, of its structure on a thread and a connection of its own once it is.
/// </summary>
/// <param name="known">Null: nobody is told.</param>
internal sealed class DatabaseInspection(string path, KnownDamage? known) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Thread? _thread;

    /// <summary>For people, with what was found.</summary>
    public void Tell(string what) => known?.Tell(PartNames.Storage, Path.GetFileName(path), what);

    /// <summary>To be called before anybody opens the database, for that begins the log anew where it ends well.</summary>
    public void LookAtLog()
    {
        if (LogInspection.Look(path) is { } lost)
            Tell(lost);
    }

    public void Begin()
    {
        _thread = new Thread(Look) { Name = "database inspection", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        if (_stopping.IsCancellationRequested)
            return;
        _stopping.Cancel();
        _thread?.Join();
        _stopping.Dispose();
    }

    private void Look()
    {
        if (StructureCheck.Quick.Look(path, _stopping.Token) is { } found)
            Tell(found);
    }
}
