using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Grains.Hosting;

/// <summary>Lets a grain decide on a batch of its messages; what it does not understand goes to the dead letters.</summary>
internal static class BatchDecider
{
    public static async ValueTask DecideAsync(InboundBatch batch, Activation activation, Turn turn, CancellationToken cancellationToken)
    {
        activation.IsTouched = true;
        foreach (Effect effect in batch.SessionEffects) turn.Scope.Emit(effect);
        switch (activation)
        {
            case DeviceActivation { Grain: { } device }:
                Decide(batch, device, turn.Scope);
                break;
            case CustomerActivation { Grain: { } customer }:
                await DecideAsync(batch, customer, turn, cancellationToken);
                break;
            default:
                Refuse(turn.Scope, batch, new Refusal(DeadLetterReason.UnknownModel, $"{activation.Id} is not registered any more"));
                break;
        }
    }

    /// <summary>Sends every message of a batch to the dead letters.</summary>
    public static void Refuse(DecisionScope scope, InboundBatch batch, Refusal refusal)
    {
        for (int i = 0; i < batch.Count; i++) Refuse(scope, batch, i, refusal);
    }

    private static void Decide(InboundBatch batch, DeviceDecider device, DecisionScope scope)
    {
        device.AdoptModel(scope);
        scope.Telemetry.BeginDevice(batch.Principal.Key, device.State.Values);
        for (int i = 0; i < batch.Count; i++)
        {
            batch[i].Outcome = MessageOutcome.Accepted;
            if ((batch[i].Refusal ?? device.Handle(scope, batch.Topic(i), batch.Payload(i))) is { } refusal) Refuse(scope, batch, i, refusal);
        }
        scope.Telemetry.EndDevice();
    }

    private static async ValueTask DecideAsync(InboundBatch batch, CustomerDecider customer, Turn turn, CancellationToken cancellationToken)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            batch[i].Outcome = MessageOutcome.Accepted;
            if (customer.Handle(turn.Scope, batch.Topic(i), batch.Payload(i)) is { } refusal) Refuse(turn.Scope, batch, i, refusal);
            await OfferDecisions.DecideAsync(customer, turn, cancellationToken);
        }
    }

    private static void Refuse(DecisionScope scope, InboundBatch batch, int index, Refusal refusal)
    {
        batch[index].Outcome = refusal.Reason is DeadLetterReason.TooLarge ? MessageOutcome.QuotaExceeded : MessageOutcome.PayloadInvalid;
        ReadOnlySpan<byte> payload = batch.Payload(index);
        scope.Emit(new AppendDeadLetter(new DeadLetter(
            scope.NewId(), scope.Now, System.Text.Encoding.UTF8.GetString(batch.Topic(index)), batch.Principal.ToString(), refusal.Reason,
            refusal.Detail, payload[..Math.Min(payload.Length, DeadLetter.KeptPayloadBytes)].ToArray())));
    }
}
