using System.Buffers;
using OmniIoT.Commit.Live;
using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Places;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Hosting;

/// <summary>The grains that one partition has in memory. Touched by its loop alone.</summary>
internal sealed class ActivationCache(IGrainStore store, LiveHub hub, GrainsOptions options, TimeProvider time)
{
    /// <summary>How often idle grains are looked for.</summary>
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    private readonly Dictionary<EntityId, Activation> _activations = [];
    private readonly List<Activation> _used = [];
    private long _turn;
    private Instant _turnAt;
    private Instant _sweptAt;
    private int _count;

    /// <summary>Grains in memory; may be read from any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    public void BeginTurn()
    {
        _used.Clear();
        _turn++;
        _turnAt = Instant.FromTime(time.GetUtcNow());
        if (_turnAt - _sweptAt < SweepEvery && _activations.Count <= options.MaxActivations) return;
        _sweptAt = _turnAt;
        Sweep();
    }

    /// <summary>The grain's activation; loads it from its snapshot when it is not in memory.</summary>
    public async ValueTask<Activation> GetAsync(EntityId id, DecisionScope scope, CancellationToken cancellationToken)
    {
        if (!_activations.TryGetValue(id, out Activation? activation))
        {
            byte[]? snapshot = await store.LoadAsync(id, cancellationToken);
            activation = id.Kind is EntityKind.Device ? LoadDevice(id, snapshot, scope) : LoadCustomer(id, snapshot, scope);
            _activations[id] = activation;
            Volatile.Write(ref _count, _activations.Count);
        }
        if (activation.Turn != _turn) Use(activation);
        return activation;
    }

    /// <summary>Emits the snapshots of what this turn touched.</summary>
    public void Save(DecisionScope scope, ArrayBufferWriter<byte> scratch)
    {
        foreach (Activation activation in _used)
        {
            if (activation.IsTouched) activation.Save(scope, scratch);
        }
    }

    /// <summary>The turn failed: what it touched is not what storage holds.</summary>
    public void DropTouched()
    {
        foreach (Activation activation in _used) _activations.Remove(activation.Id);
        Volatile.Write(ref _count, _activations.Count);
    }

    /// <summary>The turn is durable: watchers may look.</summary>
    public void AnnounceTouched()
    {
        foreach (Activation activation in _used)
        {
            if (activation.IsTouched && activation.Id.Kind is EntityKind.Device && hub.IsWatched) hub.Touch(activation.Id.Key);
            activation.IsTouched = false;
        }
    }

    private void Use(Activation activation)
    {
        activation.Turn = _turn;
        activation.UsedAt = _turnAt;
        activation.IsTouched = false;
        _used.Add(activation);
    }

    private static DeviceActivation LoadDevice(EntityId id, byte[]? snapshot, DecisionScope scope) => new(
        id, snapshot is null ? null : new DeviceDecider(DeviceState.Read(snapshot, model => scope.Catalog.Models.GetValueOrDefault(model))));

    private static CustomerActivation LoadCustomer(EntityId id, byte[]? snapshot, DecisionScope scope) => new(
        id, snapshot is null ? null : new CustomerDecider(CustomerState.Read(snapshot), new VisitTracker(scope.Settings.Visits)));

    /// <summary>Lets go of what is idle, and when that is not enough of what was used longest ago.</summary>
    private void Sweep()
    {
        foreach ((EntityId id, Activation activation) in _activations)
        {
            if (_turnAt - activation.UsedAt > options.IdleAfter) _activations.Remove(id);
        }
        int surplus = _activations.Count - options.MaxActivations;
        if (surplus > 0)
        {
            // A quarter more than needed, so that the next sweep is not the next turn.
            foreach (Activation oldest in _activations.Values.OrderBy(activation => activation.UsedAt).Take(surplus + (options.MaxActivations / 4)).ToList())
                _activations.Remove(oldest.Id);
        }
        Volatile.Write(ref _count, _activations.Count);
    }
}
