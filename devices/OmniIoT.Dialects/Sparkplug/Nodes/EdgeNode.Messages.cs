using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Sparkplug.Payloads;

namespace OmniIoT.Dialects.Sparkplug.Nodes;

// What the messages of the node bring.
public sealed partial class EdgeNode
{
    /// <summary>Takes a message of the node, in the order in which they came.</summary>
    /// <param name="device">The device that a device's message names; null for a node's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A command: no node sends one.</exception>
    public IReadOnlyList<NodeEvent> Take(MessageType type, string? device, SparkplugPayload payload, Instant now)
    {
        List<NodeEvent> events = [];
        switch (type)
        {
            case MessageType.NodeBirth:
                TakeNodeBirth(events, payload, now);
                break;
            case MessageType.NodeDeath:
                TakeNodeDeath(events, payload);
                break;
            case MessageType.NodeData:
                TakeInOrder(payload, now, () => TakeData(events, null, _metrics, payload));
                break;
            case MessageType.DeviceBirth:
                TakeInOrder(payload, now, () => TakeDeviceBirth(events, device!, payload));
                break;
            case MessageType.DeviceDeath:
                TakeInOrder(payload, now, () => TakeDeviceDeath(events, device!));
                break;
            case MessageType.DeviceData:
                TakeInOrder(payload, now, () => TakeDeviceData(events, device!, payload));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "A node sends no commands.");
        }
        AskForRebirth(events, now);
        return events;
    }

    private void TakeNodeBirth(List<NodeEvent> events, SparkplugPayload payload, Instant now)
    {
        (IsBorn, _isInStep, _birthDeathSequence) = (true, true, payload.BirthDeathSequence);
        _sequence.Restart(NumberOf(payload));
        _rebirths.Satisfy();
        _metrics = BornMetrics.Of(payload);
        foreach ((string name, BornDevice device) in _devices)
            _devices[name] = device with { ReturnsBy = device.ReturnsBy ?? now + settings.DeviceBirthWait };
        MetricBatch metrics = MetricBatch.Read(payload, _metrics, isTrusted: true);
        events.Add(new NodeBorn(metrics));
        RefuseUnresolved(events, metrics);
    }

    // A death belongs to one birth; that of an earlier one comes too late. Who sends no number means the last birth.
    private void TakeNodeDeath(List<NodeEvent> events, SparkplugPayload payload)
    {
        bool isOfThisBirth =
            payload.BirthDeathSequence is null || _birthDeathSequence is null || payload.BirthDeathSequence == _birthDeathSequence;
        if (IsBorn && isOfThisBirth)
            events.AddRange(End());
    }

    private void TakeInOrder(SparkplugPayload payload, Instant now, Action take)
    {
        if (!IsBorn)
            _rebirths.Want("the node speaks without a birth");
        else if (IsInStep && !_sequence.TryFollow(NumberOf(payload), now))
            FallOutOfStep($"seq {NumberOf(payload)} does not follow");
        take();
    }

    private void TakeDeviceBirth(List<NodeEvent> events, string device, SparkplugPayload payload)
    {
        BornMetrics born = BornMetrics.Of(payload);
        if (!IsBorn)
        {
            TakeData(events, device, BornMetrics.Empty, payload); // Without its node nobody knows where it belongs: it will be born again.
            return;
        }
        if (!_devices.ContainsKey(device) && _devices.Count >= settings.MaximumDevices)
        {
            events.Add(new NotUnderstood($"the node has more than {settings.MaximumDevices} devices"));
            return;
        }
        _devices[device] = new BornDevice(born, ReturnsBy: null);
        MetricBatch metrics = MetricBatch.Read(payload, born, isTrusted: true);
        events.Add(new DeviceBorn(device, metrics));
        RefuseUnresolved(events, metrics);
    }

    private void TakeDeviceDeath(List<NodeEvent> events, string device)
    {
        if (_devices.Remove(device))
            events.Add(new DeviceDied(device));
    }

    private void TakeDeviceData(List<NodeEvent> events, string device, SparkplugPayload payload)
    {
        if (_devices.TryGetValue(device, out BornDevice? known))
        {
            TakeData(events, device, known.Metrics, payload);
            return;
        }
        _rebirths.Want($"device '{device}' speaks without a birth");
        TakeData(events, device, BornMetrics.Empty, payload);
    }

    private void TakeData(List<NodeEvent> events, string? device, BornMetrics born, SparkplugPayload payload)
    {
        MetricBatch metrics = MetricBatch.Read(payload, born, IsInStep);
        events.Add(new DataCame(device, metrics));
        RefuseUnresolved(events, metrics);
    }

    private void RefuseUnresolved(List<NodeEvent> events, MetricBatch metrics)
    {
        const int Named = 5;
        if (metrics.Unresolved.Count == 0)
            return;
        string names = string.Join(", ", metrics.Unresolved.Take(Named)) + (metrics.Unresolved.Count > Named ? ", …" : "");
        events.Add(new NotUnderstood($"no birth explains {metrics.Unresolved.Count} of its metrics: {names}"));
        _rebirths.Want($"no birth explains {names}");
    }

    // An encoder that leaves zeros out writes no number where it is 0.
    private static byte NumberOf(SparkplugPayload payload) => (byte)(payload.Sequence ?? 0);
}
