using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>Messages for one grain on their way to the disk; tells when they are there, and whether all were understood.</summary>
internal sealed class SubmittedBatch : IInboundSource
{
    private readonly TaskCompletionSource<MessageOutcome> _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InboundBatch Inbound { get; } = new();

    /// <summary>The worst outcome of its messages.</summary>
    public Task<MessageOutcome> Durable => _durable.Task;

    public void Committed(InboundBatch batch)
    {
        MessageOutcome worst = MessageOutcome.Accepted;
        for (int i = 0; i < batch.Count; i++)
            if (batch[i].Outcome > worst)
                worst = batch[i].Outcome;
        batch.Release();
        _durable.TrySetResult(worst);
    }
}
