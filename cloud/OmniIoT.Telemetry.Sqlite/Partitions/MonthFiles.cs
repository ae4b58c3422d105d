using System.Collections.Immutable;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Sqlite.Partitions;

/// <summary>Which months there are, and connections to read them. Safe for concurrent use; only the writer adds and deletes.</summary>
internal sealed class MonthFiles : IDisposable
{
    private readonly string _directory;
    private readonly RecentlyUsed<Month, ReaderPool> _readers;
    private volatile ImmutableSortedSet<Month> _months;

    public MonthFiles(string directory, int openMonths)
    {
        _directory = directory;
        _readers = new RecentlyUsed<Month, ReaderPool>(openMonths, month => new ReaderPool(PathOf(month)));
        _months =
        [
            .. Directory
                .EnumerateFiles(directory, MonthFileNames.Pattern)
                .Select(path => MonthFileNames.TryParse(Path.GetFileName(path)))
                .OfType<Month>(),
        ];
    }

    /// <summary>Oldest first.</summary>
    public IEnumerable<Month> All => _months;

    public string PathOf(Month month) => Path.Combine(_directory, month.FileName);

    /// <summary>Months that share time with a range, both ends inclusive; oldest first.</summary>
    public IEnumerable<Month> Within(long from, long to) => _months.Where(month => month.Start <= to && month.End > from);

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

    /// <summary>A file has come into being.</summary>
    public void Add(Month month) => _months = _months.Add(month);

    /// <summary>Deletes a month that nobody writes to.</summary>
    public void Delete(Month month)
    {
        _months = _months.Remove(month);
        _readers.Remove(month);
        string path = PathOf(month);
        foreach (string file in new[] { path, $"{path}-wal", $"{path}-shm" })
            File.Delete(file);
    }

    public void Dispose() => _readers.Dispose();
}
