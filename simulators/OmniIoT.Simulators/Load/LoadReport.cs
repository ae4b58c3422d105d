using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OmniIoT.Simulators.Load;

/// <summary>What a load run has shown.</summary>
public sealed record LoadReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public required int Connections { get; init; }

    public required int Window { get; init; }

    public required int PayloadBytes { get; init; }

    public required int Qos { get; init; }

    public required long Acknowledged { get; init; }

    public required double ElapsedSeconds { get; init; }

    public double AcknowledgedPerSecond => Acknowledged / ElapsedSeconds;

    public required double P50Milliseconds { get; init; }

    public required double P99Milliseconds { get; init; }

    public required double MaxMilliseconds { get; init; }

    /// <summary>Cores that the host kept busy; null when its process could not be seen.</summary>
    public double? HostCores { get; init; }

    public double? HostCpuMicrosecondsPerMessage { get; init; }

    public double? HostMegabytes { get; init; }

    public double? HostPeakMegabytes { get; init; }

    public required double GeneratorCores { get; init; }

    /// <summary>Null when the host has no such counter.</summary>
    public double? MessagesPerCommit { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>A table for people.</summary>
    public override string ToString()
    {
        StringBuilder table = new();
        Row(table, "connections x window", $"{Connections} x {Window}, QoS {Qos}, about {PayloadBytes} bytes");
        Row(table, "acknowledged", Invariant($"{Acknowledged:N0} in {ElapsedSeconds:F1} s"));
        Row(table, "acknowledged per second", Invariant($"{AcknowledgedPerSecond:N0}"));
        Row(table, "latency p50 / p99 / max", Invariant($"{P50Milliseconds:F1} / {P99Milliseconds:F1} / {MaxMilliseconds:F1} ms"));
        Row(
            table,
            "host CPU",
            HostCores is { } cores ? Invariant($"{cores:F2} cores, {HostCpuMicrosecondsPerMessage:F2} us a message") : "not seen"
        );
        Row(table, "host memory now / peak", HostMegabytes is { } now ? Invariant($"{now:F0} / {HostPeakMegabytes:F0} MB") : "not seen");
        Row(table, "messages per commit", MessagesPerCommit is { } messages ? Invariant($"{messages:N0}") : "not counted");
        Row(table, "generator CPU", Invariant($"{GeneratorCores:F2} cores"));
        return table.ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Row(StringBuilder table, string name, string value) =>
        table.Append("  ").Append(name.PadRight(26)).AppendLine(value);
}
