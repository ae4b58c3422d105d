namespace OmniIoT.Gateway.Routing;

/// <summary>The members of one shared subscription: each message goes to one of them, in turn.</summary>
internal sealed class ShareGroup(string name)
{
    private SessionSubscription[] _members = [];
    private uint _turn = uint.MaxValue; // The first message goes to the first member.

    public string Name { get; } = name;

    public bool IsEmpty => _members.Length == 0;

    /// <summary>Adds a member, or replaces the same session's; true when it was there.</summary>
    public bool Put(SessionSubscription subscription)
    {
        int index = IndexOf(subscription);
        if (index < 0)
        {
            _members = [.. _members, subscription];
            return false;
        }
        SessionSubscription[] members = [.. _members];
        members[index] = subscription;
        _members = members;
        return true;
    }

    public bool Remove(SessionSubscription subscription)
    {
        int index = IndexOf(subscription);
        if (index < 0)
            return false;
        _members = [.. _members[..index], .. _members[(index + 1)..]];
        return true;
    }

    /// <summary>
    /// The next member that is connected, else the next whose session is kept; null when there is none.
    /// MQTT5 section 4.8.2 leaves the choice to the server.
    /// </summary>
    public SessionSubscription? Next()
    {
        SessionSubscription[] members = _members;
        uint start = Interlocked.Increment(ref _turn);
        SessionSubscription? away = null;
        for (uint i = 0; i < members.Length; i++)
        {
            SessionSubscription member = members[(start + i) % (uint)members.Length];
            if (member.Session.IsOnline)
                return member;
            if (member.Session.IsPersistent)
                away ??= member;
        }
        return away;
    }

    private int IndexOf(SessionSubscription subscription) => Array.FindIndex(_members, member => member.Session == subscription.Session);
}
