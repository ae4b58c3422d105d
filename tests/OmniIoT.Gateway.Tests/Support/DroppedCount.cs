using System.Diagnostics.Metrics;

namespace OmniIoT.Gateway.Tests.Support;

/// <summary>Counts what one gateway drops, as its metrics tell.</summary>
internal sealed class DroppedCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _value;

    public DroppedCount(GatewayHost host)
    {
        _listener.EnableMeasurementEvents(host.Metrics.Messages);
        _listener.SetMeasurementEventCallback<long>(
            (_, count, tags, _) =>
            {
                foreach (KeyValuePair<string, object?> tag in tags)
                    if (tag is { Key: "outcome", Value: "dropped" })
                        Interlocked.Add(ref _value, count);
            }
        );
        _listener.Start();
    }

    public long Value => Interlocked.Read(ref _value);

    public void Dispose() => _listener.Dispose();
}
