using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Sparkplug.Native;
using OmniIoT.Dialects.Sparkplug.Nodes;
using OmniIoT.Dialects.Sparkplug.Payloads;

namespace OmniIoT.Dialects.Sparkplug.Commands;

/// <summary>A command of ours as NCMD or DCMD, and what must come back for it to have succeeded.</summary>
/// <param name="IsForNode">It goes to the node even when it was given to a device behind it.</param>
/// <param name="Awaited">Values that data or a birth must report, by name; null: null. Empty: a birth of the node is awaited.</param>
public sealed record SparkplugCommand(
    bool IsForNode,
    IReadOnlyList<SparkplugMetric> Metrics,
    IReadOnlyDictionary<string, MetricValue?> Awaited
)
{
    /// <summary>
    /// Says a command in metrics: <c>rebirth</c> and <c>reboot</c> as the node's controls, any other by its arguments, whose names
    /// are names of metrics; without arguments the metric of the command's own name is set to true.
    /// </summary>
    /// <param name="find">What the birth said of a metric.</param>
    /// <param name="mistake">Why it cannot be said, for people.</param>
    public static bool TryCreate(
        string name,
        JsonObject? arguments,
        Func<string, BornMetric?> find,
        [NotNullWhen(true)] out SparkplugCommand? command,
        [NotNullWhen(false)] out string? mistake
    )
    {
        mistake = null;
        command = name switch
        {
            EdgeCommands.Rebirth => Control(WellKnownMetrics.Rebirth),
            EdgeCommands.Reboot => Control(WellKnownMetrics.Reboot),
            _ => null,
        };
        if (command is not null)
            return true;
        if (arguments is not { Count: > 0 })
            arguments = name == EdgeCommands.Write ? [] : new JsonObject { [name] = true };
        if (arguments.Count == 0)
            mistake = "the command names no metric: its arguments do";
        return mistake is null && TryWrite(arguments, find, out command, out mistake);
    }

    /// <summary>As it travels.</summary>
    public SparkplugPayload ToPayload(Instant at) =>
        new()
        {
            Timestamp = (ulong)at.UnixMilliseconds,
            Metrics = [.. Metrics.Select(metric => metric with { Timestamp = (ulong)at.UnixMilliseconds })],
        };

    /// <summary>A request for births, as NCMD.</summary>
    public static SparkplugCommand RequestRebirth { get; } = Control(WellKnownMetrics.Rebirth);

    private static SparkplugCommand Control(string metric) =>
        new(
            IsForNode: true,
            [
                new SparkplugMetric
                {
                    Name = metric,
                    DataType = MetricDataType.Boolean,
                    Value = WireValue.Of(WireField.Boolean, 1),
                },
            ],
            new Dictionary<string, MetricValue?>()
        );

    private static bool TryWrite(
        JsonObject arguments,
        Func<string, BornMetric?> find,
        [NotNullWhen(true)] out SparkplugCommand? command,
        [NotNullWhen(false)] out string? mistake
    )
    {
        List<SparkplugMetric> metrics = [];
        Dictionary<string, MetricValue?> awaited = new(StringComparer.Ordinal);
        mistake = null;
        foreach ((string name, JsonNode? value) in arguments)
        {
            if (Encode(name, value, find(name), out mistake) is not { } metric)
                break;
            metrics.Add(metric);
            if (name is WellKnownMetrics.Rebirth or WellKnownMetrics.Reboot)
                continue; // No value tells of them, a birth does.
            MetricDecoder.Decode(metric.DataType, metric.Value, out MetricValue expected);
            awaited[name] = metric.IsNull ? null : expected;
        }
        command = mistake is null ? new SparkplugCommand(IsForNode: false, metrics, awaited) : null;
        return command is not null;
    }

    private static SparkplugMetric? Encode(string name, JsonNode? value, BornMetric? born, out string? mistake)
    {
        mistake = null;
        if (born is null && !WellKnownMetrics.IsControl(name))
            mistake = $"the birth names no metric '{name}'";
        MetricDataType type = born?.DataType ?? (value is null ? MetricDataType.Unknown : MetricEncoder.TypeOf(value));
        if (type == MetricDataType.Unknown && value is not null)
            type = MetricEncoder.TypeOf(value);
        if (mistake is not null)
            return null;
        if (value is null)
            return new SparkplugMetric
            {
                Name = name,
                DataType = type,
                IsNull = true,
            };
        WireValue? encoded = MetricEncoder.Encode(type, value, out string? misfit);
        if (encoded is null)
            mistake = $"metric '{name}': {misfit}";
        return encoded is { } wire
            ? new SparkplugMetric
            {
                Name = name,
                DataType = type,
                Value = wire,
            }
            : null;
    }
}
