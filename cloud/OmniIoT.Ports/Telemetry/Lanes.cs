using OmniIoT.Devices.Time;

namespace OmniIoT.Ports.Telemetry;

/// <summary>
/// The staged readings of all processes of a cluster. Each stages in a lane of its own, named as the process is, so that nobody waits for
/// another's commit. Whoever adopts the lane of a process that is gone moves it on as if it were its own.
/// </summary>
public interface IStagedLanes
{
    /// <summary>Lanes that hold blocks, by name.</summary>
    ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);

    IStagedTelemetry Of(string lane);

    /// <summary>Forgets what was staged up to and including a position: the telemetry store has it.</summary>
    ValueTask ForgetAsync(string lane, long position, CancellationToken cancellationToken);
}

/// <summary>A telemetry store that keeps the position of each lane; see <see cref="ITelemetryStore"/>.</summary>
public interface ILaneTelemetry
{
    /// <inheritdoc cref="ITelemetryStore.ApplyAsync"/>
    ValueTask ApplyAsync(
        string lane,
        long position,
        Instant recordedAt,
        IReadOnlyList<SeriesReadings> readings,
        CancellationToken cancellationToken
    );

    /// <inheritdoc cref="ITelemetryStore.PositionAsync"/>
    ValueTask<long> PositionAsync(string lane, CancellationToken cancellationToken);
}
