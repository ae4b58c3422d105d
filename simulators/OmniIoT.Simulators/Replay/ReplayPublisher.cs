using OmniIoT.Devices.Topics;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Simulators.Fleet;

namespace OmniIoT.Simulators.Replay;

/// <summary>Sends readings in order with QoS 1 and at most a window of them unacknowledged.</summary>
internal sealed class ReplayPublisher(MqttClient client, string deviceId, string metric, RunCounters counters)
{
    private const int Window = 100;

    private readonly string _topic = $"{PlatformTopics.Root(deviceId)}telemetry";
    private readonly Queue<Task<ReasonCode>> _underWay = new();
    private readonly TelemetryEncoder _encoder = new();
    private long _sequence;

    public async Task SendAsync(RecordedValue reading, CancellationToken cancellationToken)
    {
        while (_underWay.Count >= Window)
            await SettleOneAsync(cancellationToken);
        ReadOnlyMemory<byte> payload = _encoder.One(reading.At, ++_sequence, values => values.WriteNumber(metric, reading.Value));
        // Started in order, and so sent in order; the client has copied the payload when it returns its task.
        _underWay.Enqueue(client.PublishAsync(_topic, payload, QualityOfService.AtLeastOnce, cancellationToken: cancellationToken));
    }

    /// <summary>Everything sent is acknowledged, and so all that it caused is committed.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (_underWay.Count > 0)
            await SettleOneAsync(cancellationToken);
    }

    private async Task SettleOneAsync(CancellationToken cancellationToken)
    {
        ReasonCode reason = await _underWay.Dequeue().WaitAsync(cancellationToken);
        counters.CountAcknowledged(reason.IsFailure());
        if (reason.IsFailure())
            throw new SimulationException($"The host refused a reading of {deviceId}: {reason}.");
    }
}
