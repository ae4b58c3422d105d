using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OmniIoT.Gateway.Incoming;

/// <summary>Batches to be used again; they hold no buffers while here.</summary>
internal sealed class BatchPool(ILogger logger)
{
    /// <summary>About as many as are between readers and the disk at once: partitions times a few.</summary>
    private const int Kept = 256;

    private readonly ConcurrentQueue<PublishBatch> _batches = [];

    public ILogger Logger { get; } = logger;

    public PublishBatch Rent() => _batches.TryDequeue(out PublishBatch? batch) ? batch : new PublishBatch(this);

    public void Return(PublishBatch batch)
    {
        if (_batches.Count < Kept)
            _batches.Enqueue(batch);
    }
}
