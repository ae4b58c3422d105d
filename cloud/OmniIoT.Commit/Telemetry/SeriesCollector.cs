using System.Runtime.InteropServices;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Telemetry;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Commit.Telemetry;

/// <summary>
/// Sorts the readings of staged blocks by series. Which lists are a device's is looked up once for its section of a block.
/// </summary>
internal sealed class SeriesCollector
{
    private readonly Dictionary<(string DeviceId, string Metric), List<Reading>> _series = [];
    private readonly List<List<Reading>> _ofDevice = [];

    public static List<SeriesReadings> Unpack(IReadOnlyList<StagedBlock> blocks)
    {
        SeriesCollector collector = new();
        foreach (StagedBlock block in blocks)
            TelemetryBlockReader.Read(block.Block, collector.Begin, collector.Add);
        return [.. collector._series.Select(static pair => new SeriesReadings(pair.Key.DeviceId, pair.Key.Metric, pair.Value))];
    }

    private void Begin(string deviceId, ReadOnlySpan<string> metrics)
    {
        _ofDevice.Clear();
        foreach (string metric in metrics)
        {
            ref List<Reading>? readings = ref CollectionsMarshal.GetValueRefOrAddDefault(_series, (deviceId, metric), out _);
            _ofDevice.Add(readings ??= new(capacity: 1));
        }
    }

    private void Add(int metric, Instant at, long? seq, in MetricValue value) => _ofDevice[metric].Add(new Reading(at, seq, value));
}
