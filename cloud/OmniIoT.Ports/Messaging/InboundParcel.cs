using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Ports.Tracing;

namespace OmniIoT.Ports.Messaging;

/// <summary>An <see cref="InboundBatch"/> by value, on its way to the process that its principal's grain lives in.</summary>
/// <param name="Process">The run of the process that read the messages; see <see cref="Cluster.IProcesses"/>.</param>
/// <param name="Trace">The span that it belongs to, as W3C's <c>traceparent</c>; null when it is not traced.</param>
public sealed record InboundParcel(
    EntityId Principal,
    string Process,
    Instant ReceivedAt,
    IReadOnlyList<ParcelMessage> Messages,
    IReadOnlyList<ParcelEffect> SessionEffects,
    string? Trace
)
{
    public static InboundParcel Of(InboundBatch batch, string process)
    {
        ParcelMessage[] messages = new ParcelMessage[batch.Count];
        for (int i = 0; i < messages.Length; i++)
        {
            ref InboundMessage message = ref batch[i];
            messages[i] = new(batch.Topic(i).ToArray(), batch.Payload(i).ToArray(), message.Qos, message.PacketIdentifier, message.Refusal);
        }
        return new InboundParcel(
            batch.Principal,
            process,
            batch.ReceivedAt,
            messages,
            [.. batch.SessionEffects.Select(ParcelEffect.Of)],
            OmniTracing.Write(batch.Trace)
        );
    }

    /// <summary>Puts all of it into a batch.</summary>
    public void Unpack(InboundBatch batch, IInboundSource source)
    {
        batch.Reset(Principal, source, ReceivedAt);
        batch.Trace = OmniTracing.Read(Trace);
        foreach (ParcelMessage message in Messages)
        {
            batch.Add(message.Topic, message.Payload, message.Qos, message.PacketIdentifier);
            batch[batch.Count - 1].Refusal = message.Refusal;
        }
        foreach (ParcelEffect effect in SessionEffects)
            batch.SessionEffects.Add(effect.Read());
    }
}

/// <summary>What became of a parcel's messages, one by one.</summary>
/// <param name="Pause">How long whoever brought it should wait before it brings more of the same principal: it publishes too fast.</param>
public sealed record ParcelReceipt(MessageOutcome[] Outcomes, TimeSpan Pause);

/// <inheritdoc cref="InboundMessage"/>
public sealed record ParcelMessage(byte[] Topic, byte[] Payload, byte Qos, ushort PacketIdentifier, Refusal? Refusal);
