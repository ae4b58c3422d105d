using System.Globalization;
using OmniIoT.Devices.Metrics;
using OmniIoT.Ports.Commit;
using OmniIoT.Telemetry.Influx.Points;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Influx.Querying;

/// <summary>
/// What the numbers of a series in a stretch of time, both ends inclusive, sum up to: how it is asked for, and what is answered.
/// </summary>
internal sealed class SumsQuery(string series, long start, long end)
{
    /// <summary>Of which a <see cref="PreciseSum"/> makes its own when the sum is beyond all numbers: 2^64.</summary>
    private const string Unit = "18446744073709551616.0";

    private const string Units = "units";

    private readonly string _numbers = string.Create(
        CultureInfo.InvariantCulture,
        $"FROM {Schema.Readings} WHERE {series} AND {Schema.Kind} < {(int)PointKind.Text} AND {InfluxQl.Within(start, end)}"
    );

    /// <summary>Behind the time, of <see cref="Buckets"/>.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["min", "max", "sum", "count"];

    public static IReadOnlyList<string> BoundColumns { get; } = ["min", "max", "count"];

    /// <summary>Least, greatest and count of all.</summary>
    public string Bounds => $"SELECT min({Schema.Number}), max({Schema.Number}), count({Schema.Number}) {_numbers}";

    /// <summary>Buckets of a width in milliseconds.</summary>
    /// <param name="inUnits">
    /// For numbers so large that their sums are none: the sums are in units of 2^64. Tiny ones lose digits, which do not count beside them.
    /// </param>
    public string Buckets(long width, bool inUnits)
    {
        (string summed, string numbers) = inUnits ? (Units, NumbersInUnits) : (Schema.Number, _numbers);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT min({Schema.Number}), max({Schema.Number}), sum({summed}), count({Schema.Number}) {numbers} GROUP BY time({width}ms) fill(none)"
        );
    }

    /// <exception cref="StorageUnavailableException">The sum is none.</exception>
    public static Bucket BucketOf(Row row, bool inUnits) =>
        new()
        {
            Min = row.Cells[1].Number,
            Max = row.Cells[2].Number,
            Sum =
                inUnits ? PreciseSum.FromParts(0, row.Cells[3].Number)
                : row.Cells[3].IsNull ? throw new StorageUnavailableException("InfluxDB answered that a sum is no number.")
                : PreciseSum.FromParts(row.Cells[3].Number, 0),
            Count = row.Cells[4].Integer,
        };

    public static bool MayOverflow(Row bounds) =>
        !double.IsFinite(Math.Max(Math.Abs(bounds.Cells[1].Number), Math.Abs(bounds.Cells[2].Number)) * bounds.Cells[3].Number);

    private string NumbersInUnits =>
        $"FROM (SELECT {Schema.Number}, {Schema.Number} / {Unit} AS {Units} {_numbers}) WHERE {InfluxQl.Within(start, end)}";
}
