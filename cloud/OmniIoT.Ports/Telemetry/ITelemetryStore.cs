using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Telemetry;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Ports.Telemetry;

/// <summary>
/// One reading. <see cref="Seq"/> is null when the device sent none with a time, and an <see cref="ArrivalNumber"/> when it sent
/// neither.
/// </summary>
public readonly record struct Reading(Instant At, long? Seq, MetricValue Value);

/// <summary>Readings of one metric of one device, in the order they came.</summary>
public sealed record SeriesReadings(string DeviceId, string Metric, IReadOnlyList<Reading> Readings);

/// <summary>A stretch of time summed up; of numbers (booleans count as 0 and 1) only.</summary>
public sealed record TelemetryBucket(Instant At, double Min, double Avg, double Max, long Count);

/// <summary>
/// Where readings stay. A reading is identified by device, metric, time and <c>seq</c> (device, metric and time when it has
/// none): writing it again changes nothing but its value.
/// </summary>
public interface ITelemetryStore
{
    /// <summary>
    /// Writes what was staged up to <paramref name="position"/>. Positions rise; applying the same position again, after a
    /// crash in between, changes nothing. Late readings correct the roll-ups.
    /// </summary>
    ValueTask ApplyAsync(long position, Instant recordedAt, IReadOnlyList<SeriesReadings> readings, CancellationToken cancellationToken);

    /// <summary>The newest position that is applied whole; 0 at first.</summary>
    ValueTask<long> PositionAsync(CancellationToken cancellationToken);

    /// <summary>
    /// At most <paramref name="points"/> buckets, oldest first, aligned to their width; both ends are inclusive and null is
    /// the whole range. Empty stretches give no bucket, nor do those of which readings are stored damaged.
    /// </summary>
    ValueTask<TelemetryBuckets> BucketsAsync(
        string deviceId,
        string metric,
        Instant? from,
        Instant? to,
        int points,
        CancellationToken cancellationToken
    );

    /// <summary>As received, oldest first; what is stored damaged is left out, and the page is <see cref="Page{T}.Incomplete"/>.</summary>
    ValueTask<Page<Reading>> RawAsync(
        string deviceId,
        string metric,
        Instant? from,
        Instant? to,
        string? cursor,
        int limit,
        CancellationToken cancellationToken
    );

    ValueTask<IReadOnlyList<string>> MetricsAsync(string deviceId, CancellationToken cancellationToken);

    /// <summary>Forgets all readings of a device.</summary>
    ValueTask DeleteDeviceAsync(string deviceId, CancellationToken cancellationToken);

    /// <summary>Drops what ended before the retention period and was not written to within it; returns how many files went.</summary>
    ValueTask<int> ExpireAsync(Instant now, CancellationToken cancellationToken);
}

/// <summary>For whoever must see all that was committed before it asked.</summary>
public interface ITelemetryBarrier
{
    /// <summary>Returns once all telemetry committed before the call is in the telemetry store.</summary>
    ValueTask CaughtUpAsync(CancellationToken cancellationToken);
}

/// <summary>Readings that are committed but not yet in the telemetry store; <see cref="TrimStagedTelemetry"/> removes them.</summary>
public interface IStagedTelemetry
{
    /// <summary>
    /// Encoded blocks after <paramref name="position"/>, oldest first, each with its position, until they have
    /// <paramref name="bytes"/> together: at least one, when there is one.
    /// </summary>
    ValueTask<IReadOnlyList<StagedBlock>> ReadAsync(long position, int bytes, CancellationToken cancellationToken);

    /// <summary>The newest committed position; 0 when nothing ever was.</summary>
    ValueTask<long> LastPositionAsync(CancellationToken cancellationToken);
}

public sealed record StagedBlock(long Position, byte[] Block);
