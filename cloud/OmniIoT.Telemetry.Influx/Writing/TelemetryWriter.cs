using System.Text;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Telemetry.Influx.Points;
using OmniIoT.Telemetry.Influx.Querying;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Influx.Writing;

/// <summary>
/// Writes batches: first all readings, then, in a request of its own, that they are there. After a failure in between the same readings
/// come
/// again and fall onto themselves. One write at a time; processes do not wait for each other and need not.
/// </summary>
internal sealed partial class TelemetryWriter(LineSender sender, QueryClient client, MarkerReader markers, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);

    public Task ApplyAsync(
        string lane,
        long position,
        Instant recordedAt,
        IReadOnlyList<SeriesReadings> readings,
        CancellationToken cancellationToken
    ) =>
        AloneAsync(
            async () =>
            {
                if (await markers.PositionAsync(lane, cancellationToken) >= position)
                    return 0;
                List<Month> months = await WriteAsync(readings, cancellationToken);
                StringBuilder marks = new();
                foreach (Month month in months)
                    LineProtocol.AppendMonth(marks, month, recordedAt);
                LineProtocol.AppendPosition(marks, lane, position, recordedAt);
                await sender.SendAsync(marks.ToString(), cancellationToken);
                return months.Count;
            },
            cancellationToken
        );

    public Task DeleteDeviceAsync(string deviceId, CancellationToken cancellationToken) =>
        AloneAsync(
            async () =>
            {
                await client.ExecuteAsync(
                    $"DELETE FROM {Schema.Readings} WHERE {Schema.Device} = {InfluxQl.Quote(TagValue.Encode(deviceId))}",
                    cancellationToken
                );
                return 0;
            },
            cancellationToken
        );

    /// <summary>
    /// Deletes months that ended, and were last written to, before a time; returns how many. What another process writes to such a month at
    /// this very moment may go with it: nothing in InfluxDB could make it wait.
    /// </summary>
    public Task<int> ExpireAsync(Instant before, CancellationToken cancellationToken) =>
        AloneAsync(
            async () =>
            {
                List<Month> expired =
                [
                    .. (await markers.MonthsAsync(cancellationToken))
                        .Where(month => month.Month.End <= before.UnixMilliseconds && month.WrittenAt < before)
                        .Select(month => month.Month),
                ];
                foreach (Month month in expired)
                {
                    await client.ExecuteAsync(
                        $"DELETE FROM {Schema.Readings} WHERE {InfluxQl.Within(month.Start, month.End - 1)}",
                        cancellationToken
                    );
                    await client.ExecuteAsync(
                        $"DELETE FROM {Schema.Months} WHERE {Schema.Month} = {InfluxQl.Quote(LineProtocol.NameOf(month))}",
                        cancellationToken
                    );
                }
                return expired.Count;
            },
            cancellationToken
        );

    /// <summary>
    /// Says a lane's position again, so that a bucket that keeps points for a time does not forget it while nothing comes.
    /// </summary>
    public Task RenewPositionAsync(string lane, Instant now, CancellationToken cancellationToken) =>
        AloneAsync(
            async () =>
            {
                long position = await markers.PositionAsync(lane, cancellationToken);
                if (position == 0)
                    return position;
                StringBuilder mark = new();
                LineProtocol.AppendPosition(mark, lane, position, now);
                await sender.SendAsync(mark.ToString(), cancellationToken);
                return position;
            },
            cancellationToken
        );

    public void Dispose() => _writing.Dispose();

    /// <returns>The months that readings were written to.</returns>
    private async Task<List<Month>> WriteAsync(IReadOnlyList<SeriesReadings> readings, CancellationToken cancellationToken)
    {
        LineBatch lines = new(sender);
        List<Month> months = [];
        long leftOut = 0;
        foreach ((Month month, IEnumerable<SeriesBatch> batches) in MonthSplitter.Split(readings))
        {
            long written = 0;
            foreach (SeriesBatch batch in batches)
            {
                List<Reading> held = HeldOf(batch);
                leftOut += batch.Readings.Count - held.Count;
                written += held.Count;
                await WriteAsync(batch, held, lines, cancellationToken);
            }
            if (written > 0)
                months.Add(month);
        }
        await lines.FlushAsync(cancellationToken);
        if (leftOut > 0)
            LogLeftOut(logger, leftOut);
        return months;
    }

    /// <summary>The readings that InfluxDB can hold.</summary>
    private static List<Reading> HeldOf(SeriesBatch batch) =>
        LineProtocol.HoldsMetric(batch.Metric) ? batch.Readings.FindAll(static reading => LineProtocol.Holds(reading)) : [];

    private static async Task WriteAsync(SeriesBatch batch, List<Reading> held, LineBatch lines, CancellationToken cancellationToken)
    {
        string series = LineProtocol.Series(batch.DeviceId, batch.Metric);
        foreach (Reading reading in ReadingOrder.Normalize(held))
            await lines.AddAsync(series, reading, cancellationToken);
    }

    private async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _writing.Release();
        }
    }

    [LoggerMessage(
        1611,
        LogLevel.Warning,
        "{Count} readings were left out: InfluxDB holds times from 1677-09-22 to 2262-04-11, names up to 16 KiB and texts up to 4 MiB."
    )]
    private static partial void LogLeftOut(ILogger logger, long count);
}
