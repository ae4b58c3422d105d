namespace OmniIoT.Edge.Uplink;

/// <param name="Topic">Of the device's telemetry.</param>
/// <param name="BacklogPerSecond">Readings a second of what an outage left.</param>
internal sealed record UplinkOptions(string Topic, int BacklogPerSecond);
