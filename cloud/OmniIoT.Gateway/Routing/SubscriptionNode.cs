namespace OmniIoT.Gateway.Routing;

/// <summary>One level of a filter. Guarded by its tree's lock.</summary>
internal sealed class SubscriptionNode
{
    private List<SessionSubscription>? _own;
    private List<ShareGroup>? _shares;

    /// <summary>Named levels below.</summary>
    public Dictionary<byte[], SubscriptionNode>? Children { get; private set; }

    /// <summary>The level <c>+</c> below.</summary>
    public SubscriptionNode? Any { get; private set; }

    /// <summary>The level <c>#</c> below.</summary>
    public SubscriptionNode? All { get; private set; }

    public bool IsUnused => _own is null && _shares is null && Any is null && All is null && Children is null;

    public SubscriptionNode? Find(ReadOnlySpan<byte> level)
    {
        if (level is [(byte)'+'])
            return Any;
        if (level is [(byte)'#'])
            return All;
        return Children is { } children && children.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(level, out SubscriptionNode? child)
            ? child
            : null;
    }

    public SubscriptionNode Ensure(ReadOnlySpan<byte> level)
    {
        if (level is [(byte)'+'])
            return Any ??= new SubscriptionNode();
        if (level is [(byte)'#'])
            return All ??= new SubscriptionNode();
        Children ??= new Dictionary<byte[], SubscriptionNode>(Utf8KeyComparer.Instance);
        Dictionary<byte[], SubscriptionNode>.AlternateLookup<ReadOnlySpan<byte>> lookup = Children.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(level, out SubscriptionNode? child))
            return child;
        child = new SubscriptionNode();
        lookup[level] = child;
        return child;
    }

    public void Drop(ReadOnlySpan<byte> level)
    {
        if (level is [(byte)'+'])
            Any = null;
        else if (level is [(byte)'#'])
            All = null;
        else
            Children?.GetAlternateLookup<ReadOnlySpan<byte>>().Remove(level);
        if (Children is { Count: 0 })
            Children = null;
    }

    public bool Put(SessionSubscription subscription)
    {
        if (subscription.Filter.IsShared)
            return EnsureGroup(subscription.Filter.ShareName).Put(subscription);
        _own ??= [];
        int index = _own.FindIndex(other => other.Session == subscription.Session);
        if (index < 0)
            _own.Add(subscription);
        else
            _own[index] = subscription; // MQTT5 [MQTT-3.8.4-3], MQTT311 [MQTT-3.8.4-3]
        return index >= 0;
    }

    public bool Remove(SessionSubscription subscription) =>
        subscription.Filter.IsShared ? RemoveShared(subscription) : RemoveOwn(subscription);

    public void CollectOwn(MatchSetBuilder builder)
    {
        foreach (SessionSubscription subscription in _own ?? [])
            builder.Add(subscription);
        foreach (ShareGroup group in _shares ?? [])
            builder.Add(group);
    }

    private bool RemoveOwn(SessionSubscription subscription)
    {
        int removed = _own?.RemoveAll(other => other.Session == subscription.Session) ?? 0;
        if (_own is { Count: 0 })
            _own = null;
        return removed > 0;
    }

    private bool RemoveShared(SessionSubscription subscription)
    {
        ShareGroup? group = _shares?.Find(other => other.Name == subscription.Filter.ShareName);
        if (group is null || !group.Remove(subscription))
            return false;
        if (group.IsEmpty)
            _shares!.Remove(group);
        if (_shares is { Count: 0 })
            _shares = null;
        return true;
    }

    private ShareGroup EnsureGroup(string name)
    {
        _shares ??= [];
        ShareGroup? group = _shares.Find(other => other.Name == name);
        if (group is not null)
            return group;
        group = new ShareGroup(name);
        _shares.Add(group);
        return group;
    }
}
