using System.Globalization;

namespace OmniIoT.Storage.Sqlite;

/// <summary>The database was written by a newer version of the program, which may have changed what rows mean.</summary>
public sealed class DatabaseTooNewException(string path, int found, int known)
    : Exception(
        $"The database {path} is of version {found.ToString(CultureInfo.InvariantCulture)}; this program knows versions up to "
            + $"{known.ToString(CultureInfo.InvariantCulture)}. Start the newer program again, or restore a backup."
    );
