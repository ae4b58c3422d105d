namespace OmniIoT.Host;

/// <summary>The InfluxDB that keeps telemetry.</summary>
/// <param name="Url"><c>OmniIoT:Telemetry:Influx:Url</c>.</param>
/// <param name="Token"><c>OmniIoT:Telemetry:Influx:Token</c>; null: the server asks for none.</param>
/// <param name="Org"><c>OmniIoT:Telemetry:Influx:Org</c>; null: the server knows none.</param>
/// <param name="Bucket"><c>OmniIoT:Telemetry:Influx:Bucket</c>.</param>
internal sealed record InfluxSettings(Uri Url, string? Token, string? Org, string Bucket);
