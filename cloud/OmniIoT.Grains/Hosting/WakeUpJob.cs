using OmniIoT.Domain;

namespace OmniIoT.Grains.Hosting;

/// <summary>A due time has come.</summary>
internal sealed class WakeUpJob(EntityId grain, Action done) : Job(grain)
{
    public override async ValueTask RunAsync(Activation activation, Turn turn, CancellationToken cancellationToken)
    {
        activation.StoredDue = null;
        activation.IsTouched = true;
        if (activation is DeviceActivation { Grain: { } device }) device.WakeUp(turn.Scope);
        if (activation is not CustomerActivation { Grain: { } customer }) return;
        customer.WakeUp(turn.Scope);
        await OfferDecisions.DecideAsync(customer, turn, cancellationToken);
    }

    public override void Committed() => done();
}
