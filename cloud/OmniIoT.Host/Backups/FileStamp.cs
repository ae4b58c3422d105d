using System.Globalization;

namespace OmniIoT.Host.Backups;

/// <summary>Tells whether a database's file was written to: sizes and times of the file and of its log.</summary>
internal static class FileStamp
{
    /// <summary>A clock's smallest step, generously: what was written so shortly ago may be written to again under the same time.</summary>
    private static readonly TimeSpan Uncertain = TimeSpan.FromSeconds(2);

    /// <summary>Null: it was written to just now, and no stamp would tell it from what follows.</summary>
    public static string? Of(string path, DateTimeOffset now)
    {
        FileInfo[] files = [new(path), new(path + "-wal")];
        if (Array.Exists(files, file => file.Exists && now.UtcDateTime - file.LastWriteTimeUtc < Uncertain))
            return null;
        return string.Join(
            ' ',
            files
                .Where(file => file.Exists && file.Length > 0)
                .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Length}@{file.LastWriteTimeUtc.Ticks}"))
        );
    }
}
