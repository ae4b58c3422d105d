namespace OmniIoT.Telemetry.Postgres.Writing;

/// <summary>What must be known of a series to append to it; its row is locked while it is written.</summary>
internal sealed class SeriesHead(long id, long? newest, long smallChunks)
{
    public long Id => id;

    /// <summary>Time of the newest reading; what is not newer is late.</summary>
    public long Newest { get; set; } = newest ?? long.MinValue;

    /// <summary>About how many of the newest chunks, in a row, are small.</summary>
    public long SmallChunks { get; set; } = smallChunks;
}
