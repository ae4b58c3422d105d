using System.Globalization;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Telemetry.Influx.Points;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Influx.Querying;

/// <summary>Questions about readings. Each is asked in a few steps; what is written in between is seen by the later ones.</summary>
internal sealed class TelemetryReader(QueryClient client)
{
    /// <summary>Rows of one answer; a page that wants more is asked for in portions.</summary>
    private const int LargestPortion = 10_000;

    /// <summary>
    /// Beside its items a page needs the reading that the cursor names, one that shows that there is more, and one of the next moment.
    /// </summary>
    private const int BesideItems = 3;

    private static readonly string[] RawColumns = [Schema.Kind, Schema.Number, Schema.Text, Schema.Seq];

    /// <summary>In order of their names.</summary>
    public async ValueTask<IReadOnlyList<string>> MetricsAsync(string deviceId, CancellationToken cancellationToken)
    {
        List<string> metrics = [];
        await client.AskAsync(
            $"SELECT last({Schema.Kind}) FROM {Schema.Readings} WHERE {Schema.Device} = {InfluxQl.Quote(TagValue.Encode(deviceId))} GROUP BY {Schema.Metric}",
            ["last"],
            row => metrics.Add(TagValue.Decode(row.Tag!)),
            cancellationToken
        );
        metrics.Sort(StringComparer.Ordinal);
        return metrics;
    }

    public async ValueTask<TelemetryBuckets> BucketsAsync(
        string deviceId,
        string metric,
        long start,
        long end,
        int points,
        CancellationToken cancellationToken
    )
    {
        string series = InfluxQl.Of(deviceId, metric);
        // The range is narrowed to where there are readings, so that a chart of everything is as fine as it can be.
        if (
            await EdgeAsync(series, "ASC", cancellationToken) is not { } first
            || await EdgeAsync(series, "DESC", cancellationToken) is not { } last
        )
            return TelemetryBuckets.None;
        (start, end) = (Math.Max(start, first), Math.Min(end, last));
        if (start > end)
            return TelemetryBuckets.None;
        SumsQuery query = new(series, start, end);
        try
        {
            return await SumUpAsync(query, inUnits: false, start, end, points, cancellationToken);
        }
        catch (StorageUnavailableException failure)
            when (failure.InnerException is not (OperationCanceledException or HttpRequestException))
        {
            // A sum beyond all numbers has no place in its answer, and the server says so as if it had failed.
            if (!await MayOverflowAsync(query, cancellationToken))
                throw;
            return await SumUpAsync(query, inUnits: true, start, end, points, cancellationToken);
        }
    }

    private async ValueTask<TelemetryBuckets> SumUpAsync(
        SumsQuery query,
        bool inUnits,
        long start,
        long end,
        int points,
        CancellationToken cancellationToken
    )
    {
        BucketList buckets = new(BucketWidths.For(start, end, points));
        // Wider ones are whole multiples, and their nanoseconds would not fit.
        long width = Math.Min(buckets.Width, 30 * Time.Day);
        await client.AskAsync(
            query.Buckets(width, inUnits),
            SumsQuery.Columns,
            row => buckets.Add(PointTime.Milliseconds(row.Cells[0].Integer), SumsQuery.BucketOf(row, inUnits)),
            cancellationToken
        );
        return buckets.ToList(points);
    }

    private async ValueTask<bool> MayOverflowAsync(SumsQuery query, CancellationToken cancellationToken)
    {
        bool mayOverflow = false;
        await client.AskAsync(query.Bounds, SumsQuery.BoundColumns, row => mayOverflow = SumsQuery.MayOverflow(row), cancellationToken);
        return mayOverflow;
    }

    public async ValueTask<Page<Reading>> RawAsync(
        string deviceId,
        string metric,
        long start,
        long end,
        string? cursor,
        int limit,
        CancellationToken cancellationToken
    )
    {
        Reading? after = cursor is null ? null : RawCursor.Parse(cursor);
        if (after is { } last)
            start = Math.Max(start, last.At.UnixMilliseconds);
        RawPage page = new(limit, after);
        long next = PointTime.StartOf(Math.Max(start, PointTime.First)),
            until = PointTime.EndOf(Math.Min(end, PointTime.Last));
        int portion = Math.Min(limit, LargestPortion - BesideItems) + BesideItems,
            rows = portion;
        while (rows == portion && !page.IsFull && next <= until)
        {
            rows = 0;
            await client.AskAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"SELECT {string.Join(", ", RawColumns)} FROM {Schema.Readings} WHERE {InfluxQl.Of(deviceId, metric)} AND {InfluxQl.Between(next, until)} ORDER BY time ASC LIMIT {portion}"
                ),
                RawColumns,
                row =>
                {
                    rows++;
                    next = row.Cells[0].Integer + 1;
                    page.Add(ReadingOf(row));
                },
                cancellationToken
            );
        }
        return page.End();
    }

    /// <summary>The time, in milliseconds, of the first or last reading of a series; null when it has none.</summary>
    private async Task<long?> EdgeAsync(string series, string order, CancellationToken cancellationToken)
    {
        long? edge = null;
        await client.AskAsync(
            $"SELECT {Schema.Kind} FROM {Schema.Readings} WHERE {series} AND {InfluxQl.Within(PointTime.First, PointTime.Last)} ORDER BY time {order} LIMIT 1",
            [Schema.Kind],
            row => edge = PointTime.Milliseconds(row.Cells[0].Integer),
            cancellationToken
        );
        return edge;
    }

    private static Reading ReadingOf(Row row)
    {
        (Cell kind, Cell number, Cell text, Cell seq) = (row.Cells[1], row.Cells[2], row.Cells[3], row.Cells[4]);
        MetricValue value = (PointKind)kind.Integer switch
        {
            PointKind.Number => MetricValue.FromNumber(number.Number),
            PointKind.Boolean => MetricValue.FromBoolean(number.Number != 0),
            PointKind.Text => MetricValue.FromText(text.Text!),
            PointKind.NotFinite => MetricValue.FromNumber(double.Parse(text.Text!, CultureInfo.InvariantCulture)),
            _ => default,
        };
        return new Reading(new Instant(PointTime.Milliseconds(row.Cells[0].Integer)), seq.IsNull ? null : seq.Integer, value);
    }
}
