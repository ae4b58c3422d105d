using System.Runtime.InteropServices;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Telemetry;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Commit.Telemetry;

/// <summary>
/// Sorts the readings of staged blocks by series. Sections of a device mostly have the metrics of the one before: then its lists are
/// found at once, not each by its name.
/// </summary>
internal sealed class SeriesCollector
{
    private readonly Dictionary<(string DeviceId, string Metric), List<Reading>> _series = [];
    private readonly Dictionary<string, Section> _sections = [];
    private Section _section;

    /// <summary>Of the last block; null: there was none.</summary>
    public long? Position { get; private set; }

    public int Series => _series.Count;

    public int Readings { get; private set; }

    public static List<SeriesReadings> Unpack(IReadOnlyList<StagedBlock> blocks)
    {
        SeriesCollector collector = new();
        collector.Add(blocks);
        return collector.Take();
    }

    /// <summary>Blocks that follow those before.</summary>
    public void Add(IReadOnlyList<StagedBlock> blocks)
    {
        foreach (StagedBlock block in blocks)
        {
            TelemetryBlockReader.Read(block.Block, Begin, Add);
            Position = block.Position;
        }
    }

    public List<SeriesReadings> Take() =>
        [.. _series.Select(static pair => new SeriesReadings(pair.Key.DeviceId, pair.Key.Metric, pair.Value))];

    private void Begin(string deviceId, ReadOnlySpan<string> metrics)
    {
        ref Section last = ref CollectionsMarshal.GetValueRefOrAddDefault(_sections, deviceId, out bool isKnown);
        if (!isKnown || !metrics.SequenceEqual(last.Metrics))
            last = new Section([.. metrics], ListsOf(deviceId, metrics));
        _section = last;
    }

    private List<Reading>[] ListsOf(string deviceId, ReadOnlySpan<string> metrics)
    {
        List<Reading>[] lists = new List<Reading>[metrics.Length];
        for (int i = 0; i < lists.Length; i++)
        {
            ref List<Reading>? readings = ref CollectionsMarshal.GetValueRefOrAddDefault(_series, (deviceId, metrics[i]), out _);
            lists[i] = readings ??= [];
        }
        return lists;
    }

    private void Add(int metric, Instant at, long? seq, in MetricValue value)
    {
        _section.Readings[metric].Add(new Reading(at, seq, value));
        Readings++;
    }

    /// <summary>Metrics of a device, and where the readings of each go.</summary>
    private readonly record struct Section(string[] Metrics, List<Reading>[] Readings);
}
