using OmniIoT.Gateway.Sessions;

namespace OmniIoT.Gateway.Routing;

/// <summary>
/// What one publisher's last topics matched: a publisher repeats few topics, so that most messages need one comparison
/// instead of a walk through the tree. Used by one reader only.
/// </summary>
internal sealed class MatchCache
{
    /// <summary>A device has about four topics it publishes on.</summary>
    private const int Slots = 4;

    private readonly Entry[] _entries = new Entry[Slots];

    public MatchSet Match(SubscriptionTree tree, ReadOnlySpan<byte> topic, Session? publisher)
    {
        ref Entry entry = ref _entries[(topic.Length + topic[^1]) % Slots];
        int version = tree.Version; // Read first: a change meanwhile makes the entry stale, never wrongly fresh.
        if (entry.Set is not null && entry.Version == version && topic.SequenceEqual(entry.Topic))
            return entry.Set;
        entry = new Entry(topic.ToArray(), version, tree.Match(topic, publisher));
        return entry.Set!;
    }

    private readonly record struct Entry(byte[] Topic, int Version, MatchSet? Set);
}
