using OmniIoT.Dialects.Sparkplug.Payloads;

namespace OmniIoT.Dialects.Sparkplug.Nodes;

/// <summary>What a birth said of a metric.</summary>
public sealed record BornMetric(string Name, MetricDataType DataType, string? Unit);

/// <summary>
/// The metrics of one birth, by name and by alias. Aliases of a node and of its devices are kept apart, which takes those that use one
/// twice.
/// </summary>
internal sealed class BornMetrics
{
    private readonly Dictionary<string, BornMetric> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, BornMetric> _byAlias = [];

    public static BornMetrics Empty { get; } = new();

    public static BornMetrics Of(SparkplugPayload birth)
    {
        BornMetrics born = new();
        foreach (SparkplugMetric metric in birth.Metrics)
        {
            if (metric.Name is not { } name)
                continue;
            BornMetric definition = new(name, metric.DataType, metric.Unit);
            born._byName[name] = definition;
            if (metric.Alias is { } alias)
                born._byAlias[alias] = definition;
        }
        return born;
    }

    public BornMetric? Find(string name) => _byName.GetValueOrDefault(name);

    public BornMetric? Find(ulong alias) => _byAlias.GetValueOrDefault(alias);

    public IEnumerable<BornMetric> All => _byName.Values;
}
