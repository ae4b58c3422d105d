using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Gateway.Routing;

/// <summary>
/// The subscriptions of one scope, by level of their filters. Thread-safe. <see cref="Version"/> changes with every change,
/// so that what was matched before can be kept as long as it stands still.
/// </summary>
internal sealed class SubscriptionTree
{
    private readonly Lock _lock = new();
    private readonly SubscriptionNode _root = new();
    private int _version;
    private int _count;

    public int Version => Volatile.Read(ref _version);

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>Adds a subscription or replaces the session's subscription to the same filter; true when it was there.</summary>
    public bool Put(SessionSubscription subscription)
    {
        lock (_lock)
        {
            bool existed = NodeOf(subscription.Filter).Put(subscription);
            if (!existed)
                _count++;
            _version++;
            return existed;
        }
    }

    /// <summary>Removes it; false when it was not there.</summary>
    public bool Remove(SessionSubscription subscription)
    {
        lock (_lock)
        {
            if (!Remove(_root, subscription.Filter.MatchedUtf8, subscription))
                return false;
            _count--;
            _version++;
            return true;
        }
    }

    /// <summary>Who gets a message of this topic; <paramref name="publisher"/> is left out where its subscription says so.</summary>
    public MatchSet Match(ReadOnlySpan<byte> topic, Session? publisher)
    {
        if (IsEmpty)
            return MatchSet.Empty;
        MatchSetBuilder builder = new(publisher);
        lock (_lock)
            Collect(_root, topic, isFirst: true, builder);
        return builder.Build();
    }

    private static void Collect(SubscriptionNode node, ReadOnlySpan<byte> rest, bool isFirst, MatchSetBuilder builder)
    {
        ReadOnlySpan<byte> level = FirstLevel(rest, out ReadOnlySpan<byte> below, out bool isLast);
        bool wildcards = !(isFirst && level is [(byte)'$', ..]); // MQTT5 [MQTT-4.7.2-1], MQTT311 [MQTT-4.7.2-1]
        if (wildcards)
            node.All?.CollectOwn(builder);
        if (
            node.Children is { } children
            && children.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(level, out SubscriptionNode? child)
        )
            Descend(child, below, isLast, builder);
        if (wildcards && node.Any is { } any)
            Descend(any, below, isLast, builder);
    }

    private static void Descend(SubscriptionNode node, ReadOnlySpan<byte> below, bool isLast, MatchSetBuilder builder)
    {
        if (!isLast)
        {
            Collect(node, below, isFirst: false, builder);
            return;
        }
        node.CollectOwn(builder);
        node.All?.CollectOwn(builder); // "a/#" matches its parent "a": MQTT5 section 4.7.1.2
    }

    private static bool Remove(SubscriptionNode node, ReadOnlySpan<byte> rest, SessionSubscription subscription)
    {
        ReadOnlySpan<byte> level = FirstLevel(rest, out ReadOnlySpan<byte> below, out bool isLast);
        SubscriptionNode? child = node.Find(level);
        if (child is null)
            return false;
        bool removed = isLast ? child.Remove(subscription) : Remove(child, below, subscription);
        if (removed && child.IsUnused)
            node.Drop(level);
        return removed;
    }

    private SubscriptionNode NodeOf(TopicFilter filter)
    {
        SubscriptionNode node = _root;
        ReadOnlySpan<byte> rest = filter.MatchedUtf8;
        bool isLast = false;
        while (!isLast)
        {
            ReadOnlySpan<byte> level = FirstLevel(rest, out rest, out isLast);
            node = node.Ensure(level);
        }
        return node;
    }

    private static ReadOnlySpan<byte> FirstLevel(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> below, out bool isLast)
    {
        int separator = text.IndexOf((byte)'/');
        isLast = separator < 0;
        below = isLast ? default : text[(separator + 1)..];
        return isLast ? text : text[..separator];
    }
}
