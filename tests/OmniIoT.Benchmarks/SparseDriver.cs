using System.Collections.Concurrent;
using System.Text;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Ports.Messaging;
using OmniIoT.Simulators.Load;

namespace OmniIoT.Benchmarks;

/// <summary>Stands where the gateway stands: batches of one message, each of another device, handed on and taken back.</summary>
/// <param name="step">How far apart in device time the messages of a device are, from a week ago on; null: they are as they come.</param>
internal sealed class SparseDriver(IIngress ingress, int devices, TimeSpan? step = null) : IInboundSource, IDisposable
{
    /// <summary>Messages under way: what some thousand connections have between a commit and the next.</summary>
    private const int UnderWay = 4096;

    private readonly ConcurrentBag<InboundBatch> _spare = [];
    private readonly SemaphoreSlim _room = new(UnderWay);
    private readonly EntityId[] _ids = [.. Enumerable.Range(0, devices).Select(index => EntityId.Device(LoadSeed.DeviceId(index)))];
    private readonly byte[][] _topics =
    [
        .. Enumerable.Range(0, devices).Select(index => Encoding.UTF8.GetBytes($"devices/{LoadSeed.DeviceId(index)}/telemetry")),
    ];
    private long _sequence = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
    private readonly Instant _begin = Instant.FromTime(TimeProvider.System.GetUtcNow()) - TimeSpan.FromDays(7);
    private int _next = -1;
    private int _round;

    public async Task<(long Messages, TimeSpan Elapsed)> RunAsync(long count, TimeSpan duration, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        long sent = 0;
        while (sent < count && (duration == Timeout.InfiniteTimeSpan || TimeProvider.System.GetElapsedTime(started) < duration))
        {
            await _room.WaitAsync(cancellationToken);
            await ingress.SubmitAsync(Fill(), cancellationToken);
            sent++;
        }
        for (int i = 0; i < UnderWay; i++)
            await _room.WaitAsync(cancellationToken);
        _room.Release(UnderWay);
        return (sent, TimeProvider.System.GetElapsedTime(started));
    }

    public void Committed(InboundBatch batch)
    {
        batch.Release();
        _spare.Add(batch);
        _room.Release();
    }

    public void Dispose() => _room.Dispose();

    private InboundBatch Fill()
    {
        InboundBatch batch = _spare.TryTake(out InboundBatch? spare) ? spare : new InboundBatch();
        Instant now = Instant.FromTime(TimeProvider.System.GetUtcNow());
        _next = (_next + 1) % devices;
        _round += _next == 0 ? 1 : 0;
        Instant at = step is { } apart ? _begin + (apart * _round) : now;
        batch.Reset(_ids[_next], this, now);
        Span<byte> payload = stackalloc byte[256];
        Encoding.UTF8.TryGetBytes(
            $$$"""{"ts":{{{at.UnixMilliseconds}}},"seq":{{{_sequence++}}},"values":{"temperature":64.{{{_next % 100}}},"vibration":2.{{{_next % 97}}},"current":11.7,"pressure":101.3,"humidity":41.5,"speed":1180,"door":"closed"}}""",
            payload,
            out int length
        );
        batch.Add(_topics[_next], payload[..length], qos: 1, packetIdentifier: 1);
        return batch;
    }
}
