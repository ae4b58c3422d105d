using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Writing;

/// <summary>What must be known of a series to append to it.</summary>
internal sealed class SeriesHead(StoredSeries series)
{
    public StoredSeries Series => series;

    /// <summary>Time of the newest reading in this file; what is not newer is late.</summary>
    public long Newest { get; set; } = long.MinValue;

    /// <summary>How many of the newest chunks, in a row, are small.</summary>
    public int SmallChunks { get; set; }
}
