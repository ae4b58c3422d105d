using OmniIoT.Ports.Commit;
using OmniIoT.Sqlite;

namespace OmniIoT.Telemetry.Sqlite;

/// <summary>Copies of the embedded telemetry's files; also while a store has them open and writes.</summary>
public static class TelemetryCopy
{
    private const string Catalogue = "catalog.db";

    /// <summary>
    /// The names of the files of a directory, in the order in which they are to be copied: what the catalogue says was written must be in
    /// the months.
    /// </summary>
    public static IReadOnlyList<string> FilesOf(string directory) =>
        Directory.Exists(directory)
            ?
            [
                .. Directory
                    .EnumerateFiles(directory, "*.db")
                    .Select(path => Path.GetFileName(path))
                    .OrderBy(name => name != Catalogue)
                    .ThenBy(name => name, StringComparer.Ordinal),
            ]
            : [];

    /// <summary>Copies a file as it is at one moment, on or after the call, to a new file.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be read, or the copy not be written.</exception>
    public static void Copy(string file, string copy) => DatabaseConnection.Copy(file, copy);

    /// <summary>The newest position that a file, which nobody writes to, has.</summary>
    public static long PositionOf(string file)
    {
        using DatabaseConnection connection = DatabaseConnection.OpenReader(file);
        return connection.Prepare("SELECT coalesce(max(position), 0) FROM applied").ReadNumber();
    }
}
