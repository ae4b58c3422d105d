using OmniIoT.Gateway.Sessions;

namespace OmniIoT.Gateway.Routing;

/// <summary>Merges overlapping subscriptions into one delivery per session.</summary>
internal sealed class MatchSetBuilder(Session? publisher)
{
    private readonly Dictionary<Session, Target> _targets = [];
    private readonly List<ShareGroup> _shares = [];
    private bool _leftOut;

    public void Add(SessionSubscription subscription)
    {
        if (subscription.Wanted.NoLocal && subscription.Session == publisher) // MQTT5 [MQTT-3.8.3-3]
        {
            _leftOut = true;
            return;
        }
        _targets[subscription.Session] = _targets.TryGetValue(subscription.Session, out Target other)
            ? Merge(other, subscription.Target)
            : subscription.Target;
    }

    public void Add(ShareGroup group) => _shares.Add(group);

    public MatchSet Build()
    {
        if (_targets.Count > 0 || _shares.Count > 0)
            return new MatchSet([.. _targets.Values], [.. _shares]);
        return _leftOut ? MatchSet.OwnOnly : MatchSet.Empty;
    }

    private static Target Merge(Target left, Target right) =>
        new(
            left.Session,
            Math.Max(left.MaximumQos, right.MaximumQos),
            left.RetainAsPublished || right.RetainAsPublished,
            [.. left.Identifiers, .. right.Identifiers]
        );
}
