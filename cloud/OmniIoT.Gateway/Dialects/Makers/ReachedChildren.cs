using System.Collections.Concurrent;
using OmniIoT.Domain;

namespace OmniIoT.Gateway.Dialects.Makers;

/// <summary>Which devices are reached through another that signed in, and what that one calls them.</summary>
internal sealed class ReachedChildren
{
    private readonly ConcurrentDictionary<EntityId, (EntityId Bridge, string Name)> _children = [];

    public (EntityId Bridge, string? Name)? Find(EntityId device) =>
        _children.TryGetValue(device, out (EntityId Bridge, string Name) found) ? found : null;

    public void Set(EntityId device, EntityId bridge, string name) => _children[device] = (bridge, name);

    /// <summary>Removes it, unless another bridge has taken it.</summary>
    public void Remove(EntityId device, EntityId bridge, string name) => _children.TryRemove(KeyValuePair.Create(device, (bridge, name)));
}
