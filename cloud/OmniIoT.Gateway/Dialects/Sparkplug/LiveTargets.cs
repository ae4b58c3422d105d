using System.Collections.Concurrent;
using OmniIoT.Domain;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>Which nodes and devices are born now, and over which link they are reached; the last birth counts.</summary>
internal sealed class LiveTargets
{
    private readonly ConcurrentDictionary<EntityId, LiveTarget> _targets = [];

    public LiveTarget? Find(EntityId device) => _targets.GetValueOrDefault(device);

    public void Set(LiveTarget target) => _targets[target.Grain] = target;

    /// <summary>Removes it, unless another birth has taken its place.</summary>
    public void Remove(LiveTarget target) => _targets.TryRemove(KeyValuePair.Create(target.Grain, target));
}
