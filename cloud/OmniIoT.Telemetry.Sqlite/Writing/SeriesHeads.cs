namespace OmniIoT.Telemetry.Sqlite.Writing;

/// <summary>
/// Remembers where series end, so that adding to one looks nothing up. By device, so that it holds the names of each device and metric
/// once: about 25 MB at most.
/// </summary>
internal sealed class SeriesHeads
{
    /// <summary>Beyond it they are looked up anew.</summary>
    private const int Kept = 250_000;

    private readonly Dictionary<string, Dictionary<string, SeriesHead>> _devices = [];
    private readonly Dictionary<string, string> _metrics = [];
    private int _count;

    /// <summary>Null when it is not remembered.</summary>
    public SeriesHead? Find(string deviceId, string metric) =>
        _devices.TryGetValue(deviceId, out Dictionary<string, SeriesHead>? device) ? device.GetValueOrDefault(metric) : null;

    /// <summary>Remembers one that is not remembered yet.</summary>
    public void Add(string deviceId, string metric, SeriesHead head)
    {
        if (_count >= Kept)
            Clear();
        if (!_devices.TryGetValue(deviceId, out Dictionary<string, SeriesHead>? device))
            _devices[deviceId] = device = [];
        if (!_metrics.TryGetValue(metric, out string? name))
            _metrics[metric] = name = metric;
        device.Add(name, head);
        _count++;
    }

    public void Clear()
    {
        _devices.Clear();
        _metrics.Clear();
        _count = 0;
    }
}
