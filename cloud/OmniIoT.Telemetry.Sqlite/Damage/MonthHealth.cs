using System.Collections.Concurrent;
using OmniIoT.Ports.Damage;
using OmniIoT.Ports.Loops;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Damage;

/// <summary>
/// How the files of the months are. Each is looked through once: a small one before its first answer, a large one on a thread of its own,
/// newest first. Safe for concurrent use.
/// </summary>
internal sealed class MonthHealth : IDisposable
{
    /// <summary>Looking through so much takes some tenths of a second.</summary>
    private const long SmallBytes = 64 << 20;

    private readonly ConcurrentDictionary<Month, Lazy<bool>> _looked = [];
    private readonly KnownDamage? _known;
    private readonly MonthFiles _files;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Thread _thread;

    /// <summary>To be made before anybody opens a file, for that begins its log anew where it ends well.</summary>
    /// <param name="known">Null: nobody is told.</param>
    public MonthHealth(MonthFiles files, KnownDamage? known)
    {
        (_files, _known) = (files, known);
        foreach (Month month in files.SetAside)
            TellSetAside(month);
        Month[] newestFirst = [.. files.All.OrderDescending()];
        foreach (Month month in newestFirst)
            LookAtLog(month);
        _thread = new Thread(() => LookThrough(newestFirst)) { Name = "telemetry inspection", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Whether rows of a month may be missing that nothing else tells of.</summary>
    public bool MayLackRows(Month month)
    {
        Lazy<bool> look = Of(month);
        return (look.IsValueCreated || IsSmall(month)) && look.Value;
    }

    /// <summary>Rows of a month are damaged, and left out.</summary>
    public void TellRows(Month month) => Tell(month, "rows that are not what was written are left out.");

    /// <summary>A month cannot be read whole.</summary>
    /// <param name="why">For people.</param>
    public void Tell(Month month, string why) => _known?.Tell(PartNames.Telemetry, month.FileName, why);

    /// <summary>The file of a month bears another name.</summary>
    public void TellSetAside(Month month) =>
        _known?.Tell(
            PartNames.Telemetry,
            month.SetAsidePrefix + "…",
            "it could not be written to, so it was set aside and begun anew; what can be read of it is yours to save."
        );

    /// <summary>A month is gone, or begun anew.</summary>
    public void Forget(Month month) => _looked.TryRemove(month, out _);

    public void Dispose()
    {
        if (_stopping.IsCancellationRequested)
            return;
        _stopping.Cancel();
        _thread.Join();
        _stopping.Dispose();
    }

    private Lazy<bool> Of(Month month) => _looked.GetOrAdd(month, added => new Lazy<bool>(() => HasDamage(added)));

    private bool IsSmall(Month month)
    {
        FileInfo file = new(_files.PathOf(month));
        return file.Exists && file.Length <= SmallBytes;
    }

    private void LookThrough(Month[] months)
    {
        foreach (Month month in months)
        {
            if (_stopping.IsCancellationRequested)
                return;
            _ = Of(month).Value;
        }
    }

    private bool HasDamage(Month month)
    {
        if (!File.Exists(_files.PathOf(month)) || _files.Inspect(month, _stopping.Token) is not { } why)
            return false;
        Tell(month, why);
        return true;
    }

    /// <summary>What was moved here and is lost with the log was forgotten where it came from.</summary>
    private void LookAtLog(Month month)
    {
        if (LogInspection.Look(_files.PathOf(month)) is not { } lost)
            return;
        _looked[month] = new Lazy<bool>(true);
        Tell(month, lost);
    }
}
