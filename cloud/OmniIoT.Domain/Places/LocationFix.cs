using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Places;

/// <summary>Where a customer's phone says that it is.</summary>
/// <param name="At">Device time.</param>
/// <param name="ReceivedAt">When it reached us; ties the device's clock to ours for the timers.</param>
/// <param name="Position">The centre of the error circle.</param>
/// <param name="AccuracyMeters">Radius of the error circle; null is trusted as exact.</param>
public sealed record LocationFix(Instant At, Instant ReceivedAt, Position Position, double? AccuracyMeters)
{
    /// <summary>Whether this says nothing that the other did not.</summary>
    internal bool Repeats(LocationFix? other) => other is not null && this == other with { ReceivedAt = ReceivedAt };
}

/// <summary>
/// A beacon heard by a phone, or a customer's tag heard by a scanner in the store; the scanner's device id then stands for the
/// beacon, and campaigns name it the same way.
/// </summary>
/// <param name="At">Time of the device that heard it.</param>
/// <param name="ReceivedAt">When it reached us.</param>
/// <param name="BeaconId">The beacon's or the scanner's id.</param>
/// <param name="SiteId">The site of the beacon or scanner.</param>
/// <param name="RssiDbm">Received strength, dBm.</param>
/// <param name="TxPowerDbm">Calibrated strength at 1 m, dBm; null when the advertisement lacks it.</param>
public sealed record BeaconSighting(Instant At, Instant ReceivedAt, string BeaconId, string SiteId, double RssiDbm, double? TxPowerDbm)
{
    /// <summary>False when <see cref="At"/> is the arrival: then another of the same moment is another, not the same once more.</summary>
    public bool IsTimed { get; init; } = true;
}
