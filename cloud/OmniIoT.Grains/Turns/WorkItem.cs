using OmniIoT.Ports.Messaging;

namespace OmniIoT.Grains.Turns;

/// <summary>Either a batch of messages or a job.</summary>
/// <param name="IsSuspect">It was in a turn that could not be committed: it is tried by itself.</param>
internal readonly record struct WorkItem(InboundBatch? Batch, Job? Job, bool IsSuspect = false)
{
    /// <summary>
    /// Whether it must see all that was decided before it as stored, because deciding on it begins with a look into storage. It has
    /// a turn of its own.
    /// </summary>
    public bool IsAlone => IsSuspect || Job is { IsAlone: true };

    /// <summary>All it caused is durable.</summary>
    public void Committed()
    {
        if (Batch is { } batch)
            batch.Source?.Committed(batch);
        else
            Job!.Committed();
    }
}
