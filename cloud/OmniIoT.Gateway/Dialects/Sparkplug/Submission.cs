using System.Text;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>
/// What one message of a node means to the grains it concerns: handed on in order, acknowledged when all of it is durable.
/// </summary>
internal sealed class Submission(IIngress ingress, Instant receivedAt, CancellationToken cancellationToken)
{
    private readonly List<SubmittedBatch> _batches = [];

    public Instant ReceivedAt { get; } = receivedAt;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Messages of our own topics; waits while the grain's partition is full.</summary>
    public ValueTask AddAsync(EntityId grain, IReadOnlyList<(string Topic, byte[] Payload)> messages)
    {
        if (messages.Count == 0)
            return ValueTask.CompletedTask;
        SubmittedBatch batch = Open(grain);
        foreach ((string topic, byte[] payload) in messages)
            batch.Inbound.Add(Encoding.UTF8.GetBytes(topic), payload, qos: 0, packetIdentifier: 0);
        return SubmitAsync(batch);
    }

    /// <summary>A message, or a part of it, that is not understood.</summary>
    public ValueTask RefuseAsync(EntityId grain, string topic, ReadOnlyMemory<byte> payload, Refusal refusal)
    {
        SubmittedBatch batch = Open(grain);
        batch.Inbound.AddRefused(Encoding.UTF8.GetBytes(topic), payload.Span, refusal);
        return SubmitAsync(batch);
    }

    /// <summary>In order with the messages of the same grain.</summary>
    public ValueTask NotifyAsync(EntityId grain, GatewayNotice notice) => ingress.NotifyAsync(grain, notice, CancellationToken);

    /// <summary>Returns once all is durable, with the worst outcome.</summary>
    public async Task<MessageOutcome> DurableAsync()
    {
        MessageOutcome[] outcomes = await Task.WhenAll(_batches.Select(batch => batch.Durable)).WaitAsync(CancellationToken);
        return outcomes.DefaultIfEmpty(MessageOutcome.Accepted).Max();
    }

    private ValueTask SubmitAsync(SubmittedBatch batch)
    {
        batch.Inbound.BeginTrace();
        return ingress.SubmitAsync(batch.Inbound, CancellationToken);
    }

    private SubmittedBatch Open(EntityId grain)
    {
        SubmittedBatch batch = new();
        batch.Inbound.Reset(grain, batch, ReceivedAt);
        _batches.Add(batch);
        return batch;
    }
}
