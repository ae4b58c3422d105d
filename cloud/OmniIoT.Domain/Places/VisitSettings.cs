namespace OmniIoT.Domain.Places;

/// <summary>How visits begin and end.</summary>
public sealed record VisitSettings
{
    /// <summary>The whole error circle must have stayed outside a fence for this long (<c>OmniIoT:Visits:ExitAfter</c>). Default 60 s.</summary>
    public TimeSpan ExitAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// A phone that sends no fix for this long has left, at its last fix. Default 30 min: phones report only movement while they
    /// lie on a table, so a shorter silence says nothing.
    /// </summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Above this accuracy only an error circle that lies wholly inside begins a visit. Default 50 m, about what a phone reaches
    /// indoors without satellites.
    /// </summary>
    public double TrustedAccuracyMeters { get; init; } = 50;

    /// <summary>
    /// A fix that could only be reached faster than this is not believed until another confirms it
    /// (<c>OmniIoT:Visits:MaxSpeedMetersPerSecond</c>). Off (infinite) by default, because it makes a true jump act late; 150 m/s,
    /// above a high-speed train and below an airliner, is a good value where phones are known to jump.
    /// </summary>
    public double MaxSpeedMetersPerSecond { get; init; } = double.PositiveInfinity;

    /// <summary>A beacon not heard for this long is left. Default 30 s.</summary>
    public TimeSpan BeaconExitAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A beacon is near when its smoothed strength is at least this. Default −80 dBm.</summary>
    public double NearRssiDbm { get; init; } = -80;

    /// <summary>A beacon is near when its estimated distance is at most this. Default 8 m.</summary>
    public double NearMeters { get; init; } = 8;

    /// <summary>Path-loss exponent of the distance estimate: 2 in free space, 2.5 (the default) in a furnished room.</summary>
    public double PathLossExponent { get; init; } = 2.5;
}
