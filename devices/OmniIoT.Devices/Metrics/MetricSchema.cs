using System.Text;
using OmniIoT.Devices.Models;

namespace OmniIoT.Devices.Metrics;

/// <summary>The metrics of a model in their order: slot <c>n</c> of every device's table is the model's metric <c>n</c>.</summary>
public sealed class MetricSchema
{
    /// <summary>For devices whose model is not known: every metric is one that the model lacks.</summary>
    public static readonly MetricSchema Empty = new([]);

    private readonly MetricNames _names = new();
    private readonly string[][] _values;

    public MetricSchema(IReadOnlyList<KeyValuePair<string, MetricDefinition>> metrics)
    {
        foreach ((string? name, MetricDefinition _) in metrics)
            _names.Add(Encoding.UTF8.GetBytes(name));
        _values = [.. metrics.Select(metric => metric.Value.Values.ToArray())];
    }

    public int Count => _names.Count;

    public string Name(int slot) => _names[slot];

    internal ReadOnlySpan<byte> Utf8Name(int slot) => _names.Utf8(slot);

    public bool TryFind(ReadOnlySpan<byte> utf8Name, out int slot)
    {
        slot = _names.Find(utf8Name);
        return slot >= 0;
    }

    /// <summary>The values that the model declares for a metric; empty when any value is fine.</summary>
    internal ReadOnlySpan<string> Values(int slot) => _values[slot];
}
