using OmniIoT.Devices.Time;

namespace OmniIoT.Dialects.Sparkplug.Nodes;

/// <summary>
/// What a host knows of one edge node over one connection: whether it and its devices are born, what their births said, and whether
/// no message was lost since. It decides and does no I/O; it is touched by one at a time. Messages are in EdgeNode.Messages.cs.
/// </summary>
public sealed partial class EdgeNode(EdgeNodeSettings settings)
{
    private readonly SequenceTracker _sequence = new(settings.ReorderWait);
    private readonly RebirthRequests _rebirths = new(settings);
    private readonly Dictionary<string, BornDevice> _devices = new(StringComparer.Ordinal);
    private BornMetrics _metrics = BornMetrics.Empty;
    private ulong? _birthDeathSequence;
    private bool _isInStep;

    public bool IsBorn { get; private set; }

    /// <summary>Whether nothing was lost since the birth: aliases mean what the birth said.</summary>
    public bool IsInStep => IsBorn && _isInStep;

    /// <summary>When the passing of time has something to say; possibly in the past, null when nothing waits.</summary>
    public Instant? NextDue
    {
        get
        {
            Instant? due = Earlier(_rebirths.DueAt, IsInStep ? _sequence.DueAt : null);
            foreach (BornDevice device in _devices.Values)
                due = Earlier(due, device.ReturnsBy);
            return due;
        }
    }

    /// <summary>What the birth said of a metric of the node (device null) or of a device; null when it did not name it.</summary>
    public BornMetric? Find(string? device, string name) =>
        device is null ? _metrics.Find(name) : _devices.GetValueOrDefault(device)?.Metrics.Find(name);

    /// <summary>All that the birth named.</summary>
    public IEnumerable<BornMetric> MetricsOf(string? device) =>
        device is null ? _metrics.All : _devices.GetValueOrDefault(device)?.Metrics.All ?? [];

    /// <summary>What the passing of time has brought.</summary>
    public IReadOnlyList<NodeEvent> Beat(Instant now)
    {
        List<NodeEvent> events = [];
        if (IsInStep && _sequence.DueAt <= now)
            FallOutOfStep($"{_sequence.MissingCount} messages did not come");
        foreach ((string name, BornDevice device) in _devices)
        {
            if (!(device.ReturnsBy <= now))
                continue;
            _devices.Remove(name);
            events.Add(new DeviceDied(name));
        }
        AskForRebirth(events, now);
        return events;
    }

    /// <summary>Nobody heard that a rebirth is wanted.</summary>
    public void RebirthUnheard() => _rebirths.TakeBack();

    /// <summary>The connection is at its end, and with it the node.</summary>
    public IReadOnlyList<NodeEvent> End()
    {
        List<NodeEvent> events = [.. _devices.Keys.Select(device => new DeviceDied(device))];
        if (IsBorn)
            events.Add(new NodeDied());
        _devices.Clear();
        (IsBorn, _isInStep, _metrics) = (false, false, BornMetrics.Empty);
        return events;
    }

    private void FallOutOfStep(string why)
    {
        _isInStep = false;
        _rebirths.Want(why);
    }

    private void AskForRebirth(List<NodeEvent> events, Instant now)
    {
        if (_rebirths.TryTake(now))
            events.Add(new RebirthWanted(_rebirths.Why!));
    }

    private static Instant? Earlier(Instant? left, Instant? right) => left is null || right < left ? right ?? left : left;

    /// <summary>A device behind the node.</summary>
    /// <param name="ReturnsBy">After a birth of its node it is gone unless it is born again by then; null when it was.</param>
    private sealed record BornDevice(BornMetrics Metrics, Instant? ReturnsBy);
}
