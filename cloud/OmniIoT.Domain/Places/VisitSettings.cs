namespace OmniIoT.Domain.Places;

/// <summary>How visits begin and end.</summary>
public sealed record VisitSettings
{
    /// <summary>
    /// The whole error circle must have stayed outside a fence for this long (<c>OmniIoT:Visits:ExitAfter</c>). Default 60 s.
    /// </summary>
    public TimeSpan ExitAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// A phone that sends no fix for this long (<c>OmniIoT:Visits:SilentAfter</c>) has left, at its last fix inside. Default 4 h: phones
    /// report only movement while they lie on a table, so a shorter silence says nothing.
    /// </summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromHours(4);

    /// <summary>
    /// A visit to a fence that was left begins only after a fix that was outside by more than this many times its accuracy, or when one
    /// is as far inside, or after <see cref="AbsentAfter"/>. Default 4: who walks along a border is measured on either side of it, by
    /// three times the accuracy once in an hour of fixes.
    /// </summary>
    public double ClearlyBeyond { get; init; } = 4;

    /// <summary>Who stayed wholly outside for this long was away, however near. Default 10 min.</summary>
    public TimeSpan AbsentAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Above this accuracy only an error circle that lies wholly inside begins a visit. Default 50 m, about what a phone reaches
    /// indoors without satellites.
    /// </summary>
    public double TrustedAccuracyMeters { get; init; } = 50;

    /// <summary>
    /// A fix that could only be reached faster than this does not count until another confirms it (<c>OmniIoT:Visits:MaxSpeed</c>, m/s).
    /// Default 90, which is a fast train; who has flown is believed at the second fix.
    /// </summary>
    public double MaxSpeedMetersPerSecond { get; init; } = 90;

    /// <summary>A beacon not heard for this long is left. Default 30 s.</summary>
    public TimeSpan BeaconExitAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A beacon is near when its smoothed strength is at least this. Default −80 dBm.</summary>
    public double NearRssiDbm { get; init; } = -80;

    /// <summary>A beacon is near when its estimated distance is at most this. Default 8 m.</summary>
    public double NearMeters { get; init; } = 8;

    /// <summary>Path-loss exponent of the distance estimate: 2 in free space, 2.5 (the default) in a furnished room.</summary>
    public double PathLossExponent { get; init; } = 2.5;
}
