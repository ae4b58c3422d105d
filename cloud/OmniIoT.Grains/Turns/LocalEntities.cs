using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using OmniIoT.Domain;
using OmniIoT.Ports.Metrics;

namespace OmniIoT.Grains.Turns;

/// <summary>
/// The entities that live in this process. What the gateway reads goes to them by reference, past the queues of the silo: a device's
/// grain is nearly always where its connection is, and a message queue between the two would cost more than deciding does.
/// </summary>
internal sealed class LocalEntities
{
    private readonly ConcurrentDictionary<EntityId, EntityGrain> _entities = [];

    public LocalEntities(OmniMetrics metrics) =>
        metrics.Gauge("omniiot_grains", "Grains in memory.", () => [new Measurement<long>(_entities.Count)]);

    public int Count => _entities.Count;

    public bool TryFind(EntityId id, [NotNullWhen(true)] out EntityGrain? entity) => _entities.TryGetValue(id, out entity);

    public void Add(EntityId id, EntityGrain entity) => _entities[id] = entity;

    /// <summary>Does nothing when another activation has taken the place.</summary>
    public void Remove(EntityId id, EntityGrain entity) => _entities.TryRemove(KeyValuePair.Create(id, entity));
}
