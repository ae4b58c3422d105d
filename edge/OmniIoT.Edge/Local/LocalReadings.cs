using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Edge.Downlink;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Queue;
using OmniIoT.Edge.Sampling;

namespace OmniIoT.Edge.Local;

/// <summary>Turns what devices beside the agent publish into readings. Safe for concurrent use.</summary>
internal sealed class LocalReadings(IReadOnlyList<LocalMapping> map, ReadingSink sink, TimeProvider time)
{
    private readonly MetricFilter _filter = new([
        .. map.Select(mapping => new MetricSpec(mapping.Metric, mapping.Metric, mapping.Deadband)),
    ]);

    /// <summary>False when the message is for no mapping, or has no number, true or false where one says.</summary>
    public bool Take(string topic, ReadOnlySequence<byte> payload)
    {
        byte[] name = Encoding.UTF8.GetBytes(topic);
        byte[] content = payload.ToArray();
        List<Measurement> measured =
        [
            .. map.Where(mapping => mapping.Filter.Matches(name))
                .Select(mapping =>
                    Value(content, mapping.Path) is { } value ? value with { Quantity = mapping.Metric } : (Measurement?)null
                )
                .OfType<Measurement>(),
        ];
        DateTimeOffset at = time.GetUtcNow();
        if (_filter.Pass(measured, at) is { Count: > 0 } values)
            sink.Add(at, values);
        return measured.Count > 0;
    }

    private static Measurement? Value(byte[] payload, IReadOnlyList<string> path) =>
        path.Count == 0 ? Plain(payload) : Within(payload, path);

    /// <summary>A number, or a state as devices write it.</summary>
    private static Measurement? Plain(ReadOnlySpan<byte> payload)
    {
        if (Utf8Parser.TryParse(payload, out double number, out int read) && read == payload.Length && double.IsFinite(number))
            return new Measurement("", number);
        if (Ascii.EqualsIgnoreCase(payload, "true"u8) || Ascii.EqualsIgnoreCase(payload, "on"u8))
            return Measurement.State("", true);
        if (Ascii.EqualsIgnoreCase(payload, "false"u8) || Ascii.EqualsIgnoreCase(payload, "off"u8))
            return Measurement.State("", false);
        return null;
    }

    private static Measurement? Within(byte[] payload, IReadOnlyList<string> path)
    {
        try
        {
            JsonNode? node = UntrustedJson.Parse(payload);
            foreach (string name in path)
                node = (node as JsonObject)?[name];
            return node is JsonValue value ? Plain(Encoding.UTF8.GetBytes(value.ToString())) : null;
        }
        catch (Exception failure) when (UntrustedJson.IsProblem(failure))
        {
            return null;
        }
    }
}
