using System.Buffers;
using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Grains.Hosting;

/// <summary>A grain in memory.</summary>
internal abstract class Activation(EntityId id)
{
    public EntityId Id { get; } = id;

    /// <summary>When it was last used; for idle deactivation.</summary>
    public Instant UsedAt { get; set; }

    /// <summary>The number of the turn that used it last.</summary>
    public long Turn { get; set; }

    /// <summary>Changed in this turn, to be saved with it.</summary>
    public bool IsTouched { get; set; }

    /// <summary>
    /// The due time in storage. It is only ever moved earlier by messages: a grain that wakes too early looks again, which is
    /// cheaper than to write a new time with each message.
    /// </summary>
    public Instant? StoredDue { get; set; }

    /// <summary>Whether there is anything to save.</summary>
    public abstract bool Exists { get; }

    protected abstract Instant? NextDue(DecisionScope scope);

    protected abstract void Write(ArrayBufferWriter<byte> output);

    public void Save(DecisionScope scope, ArrayBufferWriter<byte> scratch)
    {
        if (!Exists) return;
        Instant? due = NextDue(scope);
        if (due is { } next && !(StoredDue <= next)) StoredDue = next;
        scratch.ResetWrittenCount();
        Write(scratch);
        scope.Emit(new SaveGrain(Id, scratch.WrittenSpan.ToArray(), StoredDue));
    }
}

internal sealed class DeviceActivation(EntityId id, DeviceDecider? grain) : Activation(id)
{
    /// <summary>Null while the device is not registered.</summary>
    public DeviceDecider? Grain { get; set; } = grain;

    public override bool Exists => Grain is not null;

    protected override Instant? NextDue(DecisionScope scope) => Grain!.NextDue();

    protected override void Write(ArrayBufferWriter<byte> output) => Grain!.Write(output);
}

internal sealed class CustomerActivation(EntityId id, CustomerDecider? grain) : Activation(id)
{
    /// <summary>Null while the customer is not known.</summary>
    public CustomerDecider? Grain { get; set; } = grain;

    public override bool Exists => Grain is not null;

    protected override Instant? NextDue(DecisionScope scope) => Grain!.NextDue(scope);

    protected override void Write(ArrayBufferWriter<byte> output) => Grain!.Write(output);
}
