using OmniIoT.Ports.Messaging;

namespace OmniIoT.Grains.Turns;

/// <summary>Messages that were brought by a call; its answer is what became of them.</summary>
internal sealed class ParcelDelivery : IInboundSource
{
    private readonly TaskCompletionSource<MessageOutcome[]> _outcomes = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ParcelDelivery(InboundParcel parcel) => parcel.Unpack(Batch, this);

    public InboundBatch Batch { get; } = new();

    /// <summary>Ends when all is durable; one for each message.</summary>
    public Task<MessageOutcome[]> Outcomes => _outcomes.Task;

    void IInboundSource.Committed(InboundBatch batch)
    {
        MessageOutcome[] outcomes = new MessageOutcome[batch.Count];
        for (int i = 0; i < outcomes.Length; i++)
            outcomes[i] = batch[i].Outcome;
        batch.Release();
        _outcomes.SetResult(outcomes);
    }
}
