using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Sqlite.Partitions;

/// <summary>A series in the file of a month.</summary>
/// <param name="Id">Its number there.</param>
/// <param name="Seed">What the seals of its rows begin from.</param>
internal readonly record struct StoredSeries(long Id, long Seed)
{
    /// <summary>Null when the file has none of its readings.</summary>
    /// <exception cref="DatabaseDamagedException">The file has it under a number that is another's.</exception>
    public static StoredSeries? Find(DatabaseConnection connection, string deviceId, string metric)
    {
        long seed = Seal.OfSeries(deviceId, metric);
        Statement find = connection.Prepare("SELECT id, seal FROM series WHERE device = $1 AND metric = $2").Bind(deviceId).Bind(metric);
        StoredSeries? found = find.Step() ? new StoredSeries(find.Int64(0), seed) : null;
        bool isDamaged = found is not null && find.NullableInt64(1) is { } seal && seal != seed;
        find.Reset();
        return isDamaged ? throw new DatabaseDamagedException("The list of series in a telemetry file is damaged.") : found;
    }

    /// <summary>The metrics of a device; those of which the name is damaged are left out.</summary>
    public static List<string> MetricsOf(DatabaseConnection connection, string deviceId)
    {
        List<string> metrics = [];
        Statement select = connection.Prepare("SELECT metric, seal FROM series WHERE device = $1").Bind(deviceId);
        while (select.Step())
        {
            string metric = select.Text(0);
            if (select.NullableInt64(1) is not { } seal || seal == Seal.OfSeries(deviceId, metric))
                metrics.Add(metric);
        }
        return metrics;
    }
}
