using System.Collections.Immutable;
using System.Globalization;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Damage;

namespace OmniIoT.Telemetry.Sqlite.Partitions;

/// <summary>Which months there are, and connections to read them. Safe for concurrent use; only the writer adds and deletes.</summary>
internal sealed class MonthFiles : IDisposable
{
    private readonly string _directory;
    private readonly RecentlyUsed<Month, ReaderPool> _readers;
    private readonly TimeProvider _time;
    private volatile ImmutableSortedSet<Month> _months;
    private volatile ImmutableSortedSet<Month> _setAside;

    public MonthFiles(string directory, int openMonths, TimeProvider time)
    {
        (_directory, _time) = (directory, time);
        _readers = new RecentlyUsed<Month, ReaderPool>(openMonths, Open);
        _months = Find(MonthFileNames.Pattern, MonthFileNames.TryParse);
        _setAside = Find(MonthFileNames.SetAsidePattern, MonthFileNames.TryParseSetAside);
    }

    /// <summary>Oldest first.</summary>
    public IEnumerable<Month> All => _months;

    /// <summary>Months with files that nothing could be written to any more, and that wait for a person.</summary>
    public IReadOnlyCollection<Month> SetAside => _setAside;

    public string PathOf(Month month) => Path.Combine(_directory, month.FileName);

    /// <summary>Months that share time with a range, both ends inclusive; oldest first.</summary>
    public IEnumerable<Month> Within(long from, long to) => _months.Where(month => month.SharesTime(from, to));

    /// <summary>Queries a month at one moment: what is written meanwhile is not seen.</summary>
    public T Read<T>(Month month, Func<DatabaseConnection, T> query) =>
        _readers
            .Get(month)
            .Read(connection =>
            {
                connection.Prepare("BEGIN").Run();
                T result = query(connection);
                connection.Prepare("COMMIT").Run();
                return result;
            });

    /// <summary>What is wrong with the structure of a month's file, for people; null when nothing is, or when it was cancelled.</summary>
    public string? Inspect(Month month, CancellationToken cancellationToken)
    {
        try
        {
            MonthSchema.Upgrade(PathOf(month), _time);
        }
        catch (Exception error) when (error is not (DatabaseDamagedException or EngineException { MaySayDamage: true }))
        {
            // A newer version, a full or read-only disk, a busy file: no damage, and told by whoever needs the file.
            return null;
        }
        catch (Exception error)
        {
            return error.Message;
        }
        return FileInspection.Look(PathOf(month), cancellationToken);
    }

    /// <summary>A file has come into being.</summary>
    public void Add(Month month) => _months = _months.Add(month);

    /// <summary>Deletes a month that nobody writes to.</summary>
    public void Delete(Month month)
    {
        _months = _months.Remove(month);
        _setAside = _setAside.Remove(month);
        _readers.Remove(month);
        string path = PathOf(month);
        foreach (string file in new[] { path, $"{path}-wal", $"{path}-shm" })
            File.Delete(file);
        foreach (string file in Directory.EnumerateFiles(_directory, month.SetAsidePrefix + "*"))
            File.Delete(file);
    }

    /// <summary>Gives the file of a month that nobody writes to another name, under which its log stays beside it.</summary>
    public void PutAside(Month month)
    {
        _setAside = _setAside.Add(month);
        _months = _months.Remove(month);
        _readers.Remove(month);
        string path = PathOf(month);
        int number = 1;
        while (File.Exists(SetAsidePath(month, number)))
            number++;
        foreach (string ending in new[] { "-wal", "" })
        {
            if (File.Exists(path + ending))
                File.Move(path + ending, SetAsidePath(month, number) + ending);
        }
        File.Delete($"{path}-shm");
    }

    public void Dispose() => _readers.Dispose();

    private string SetAsidePath(Month month, int number) =>
        Path.Combine(_directory, month.SetAsidePrefix + number.ToString(CultureInfo.InvariantCulture));

    private ReaderPool Open(Month month)
    {
        MonthSchema.Upgrade(PathOf(month), _time);
        return new ReaderPool(PathOf(month));
    }

    private ImmutableSortedSet<Month> Find(string pattern, Func<string, Month?> parse) =>
        [.. Directory.EnumerateFiles(_directory, pattern).Select(path => parse(Path.GetFileName(path))).OfType<Month>()];
}
