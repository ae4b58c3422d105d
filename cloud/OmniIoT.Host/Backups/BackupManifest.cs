using System.Security.Cryptography;
using System.Text.Json;

namespace OmniIoT.Host.Backups;

/// <summary>What a backup holds. It is written last: a backup without it is not whole.</summary>
/// <param name="Format">1.</param>
/// <param name="MadeAt">When the backup began: all that was acknowledged before is in it.</param>
/// <param name="Version">Of the program that made it.</param>
internal sealed record BackupManifest(int Format, DateTimeOffset MadeAt, string Version, IReadOnlyList<BackedUpFile> Files)
{
    public const string FileName = "backup.json";
    public const int NewestFormat = 1;

    private static readonly JsonSerializerOptions Notation = new(JsonSerializerOptions.Web) { WriteIndented = true };

    /// <summary>Null: the directory holds no backup, or one that was not made whole.</summary>
    public static BackupManifest? Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(path), Notation) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Write(string directory) =>
        OwnedFiles.Write(Path.Combine(directory, FileName), JsonSerializer.SerializeToUtf8Bytes(this, Notation));

    /// <summary>Copies a file of the backup; its bytes are those that were backed up.</summary>
    /// <exception cref="BackupException">They are not any more.</exception>
    public static void Copy(BackedUpFile file, string directory, string target)
    {
        string from = Path.Combine(directory, file.Path);
        if (!File.Exists(from))
            throw new BackupException($"The backup {directory} is damaged: {file.Path} is missing.");
        OwnedFiles.Copy(from, target);
        if (HashOf(target) != file.Sha256)
            throw new BackupException($"The backup {directory} is damaged: {file.Path} is not what was backed up.");
    }

    public static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

/// <summary>A file of a backup.</summary>
/// <param name="Path">Below the data directory, as below the backup's.</param>
/// <param name="Stamp">See <see cref="FileStamp"/>; null: it is copied again next time.</param>
internal sealed record BackedUpFile(string Path, long Bytes, string Sha256, string? Stamp);

/// <summary>A backup or restore cannot be done; one line says why.</summary>
internal sealed class BackupException(string message) : Exception(message);
