using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Routing;
using OmniIoT.Ports;

namespace OmniIoT.Gateway.Incoming;

/// <summary>Batches to be used again; they hold no buffers while here.</summary>
internal sealed class BatchPool(TimeProvider time, ILogger<BatchPool> logger)
{
    /// <summary>About as many as are between readers and the disk at once: partitions times a few.</summary>
    private const int Kept = 256;

    private readonly ConcurrentQueue<PublishBatch> _batches = [];

    public ILogger Logger { get; } = logger;

    /// <summary>A batch for messages that come now.</summary>
    /// <param name="connection">Null for what no connection is owed an acknowledgement for: wills and downlinks.</param>
    public PublishBatch Open(PrincipalScope scope, Connection? connection)
    {
        PublishBatch batch = _batches.TryDequeue(out PublishBatch? used) ? used : new PublishBatch(this);
        batch.Open(scope, connection, time.Now());
        return batch;
    }

    public void Return(PublishBatch batch)
    {
        if (_batches.Count < Kept)
            _batches.Enqueue(batch);
    }
}
