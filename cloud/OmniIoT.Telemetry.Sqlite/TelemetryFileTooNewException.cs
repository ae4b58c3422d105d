using System.Globalization;

namespace OmniIoT.Telemetry.Sqlite;

/// <summary>A file of readings was written by a newer version of the program, which may have changed what rows mean.</summary>
public sealed class TelemetryFileTooNewException(string path, int found, int known)
    : Exception(
        $"The telemetry file {path} is of version {found.ToString(CultureInfo.InvariantCulture)}; this program knows versions up to "
            + $"{known.ToString(CultureInfo.InvariantCulture)}. Start the newer program again, or restore a backup."
    );
