using System.Text;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Grains.Turns;

/// <summary>What is not understood goes to the dead letters, in the commit of its turn.</summary>
internal static class Burial
{
    /// <summary>Says to whoever brought it that a message of the batch is refused, and buries it or the parts of it that are.</summary>
    public static void Refuse(Decision decision, InboundBatch batch, int index, Refusal refusal)
    {
        batch[index].Outcome = refusal.Reason is DeadLetterReason.TooLarge ? MessageOutcome.QuotaExceeded : MessageOutcome.PayloadInvalid;
        if (refusal.Parts.Count == 0)
            Bury(decision, batch, index, refusal.Reason, refusal.Detail, batch.Payload(index));
        foreach (RefusedPart part in refusal.Parts)
            Bury(decision, batch, index, part.Reason, part.Detail, part.Payload);
    }

    private static void Bury(
        Decision decision,
        InboundBatch batch,
        int index,
        DeadLetterReason reason,
        string detail,
        ReadOnlySpan<byte> payload
    ) =>
        decision.Emit(
            new AppendDeadLetter(
                new DeadLetter(
                    decision.Moment.NewId(),
                    decision.Moment.Now,
                    Encoding.UTF8.GetString(batch.Topic(index)),
                    batch.Principal.ToString(),
                    reason,
                    detail,
                    payload[..Math.Min(payload.Length, DeadLetter.KeptPayloadBytes)].ToArray()
                )
            )
        );
}
