using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Payloads;

/// <summary>A fix of a device or a customer, in WGS 84.</summary>
/// <param name="At">Null: the message did not say.</param>
/// <param name="AccuracyMeters">Radius of the error circle; null when the message did not say.</param>
public readonly record struct Location(Instant? At, double LatitudeDegrees, double LongitudeDegrees, double? AccuracyMeters);
