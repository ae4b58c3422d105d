using System.Diagnostics.Metrics;
using OmniIoT.Ports.Metrics;

namespace OmniIoT.Gateway.Hosting;

/// <summary>What the gateway counts.</summary>
internal sealed class GatewayCounters
{
    private static readonly KeyValuePair<string, object?> AcceptedTag = new("outcome", "accepted");
    private static readonly KeyValuePair<string, object?> DroppedTag = new("outcome", "dropped");
    private static readonly KeyValuePair<string, object?> RefusedTag = new("outcome", "refused");
    private static readonly KeyValuePair<string, object?> QueueTag = new("queue", "mqtt_sessions");

    private readonly Counter<long> _messages;
    private long _connections;
    private long _queued;
    private long _queuedBytes;

    public GatewayCounters(OmniMetrics metrics)
    {
        _messages = metrics.Messages;
        metrics.Gauge("omniiot_connections", "MQTT connections that are signed in.", () => [new Measurement<long>(Connections)]);
        metrics.Gauge("omniiot_queue_depth", "Work that waits, by queue.", () => [new Measurement<long>(Queued, QueueTag)]);
    }

    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Messages that wait in sessions.</summary>
    public long Queued => Interlocked.Read(ref _queued);

    public void Connected() => Interlocked.Increment(ref _connections);

    public void Disconnected() => Interlocked.Decrement(ref _connections);

    /// <summary>Bytes of what waits in sessions.</summary>
    public long QueuedBytes => Interlocked.Read(ref _queuedBytes);

    public void QueueChanged(int by, int bytes)
    {
        Interlocked.Add(ref _queued, by);
        Interlocked.Add(ref _queuedBytes, bytes);
    }

    /// <summary>Counted here in laboratory mode only; else by the grains.</summary>
    public void Accepted(int count) => _messages.Add(count, AcceptedTag);

    public void Dropped() => _messages.Add(1, DroppedTag);

    public void Refused() => _messages.Add(1, RefusedTag);
}
