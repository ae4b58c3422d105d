using OmniIoT.Gateway.Sessions;

namespace OmniIoT.Gateway.Routing;

/// <summary>One session that gets a message, however many of its subscriptions match.</summary>
/// <param name="MaximumQos">The highest of the matching subscriptions: MQTT5 [MQTT-3.3.4-2].</param>
/// <param name="RetainAsPublished">Whether one of them keeps the RETAIN flag.</param>
/// <param name="Identifiers">All their subscription identifiers: MQTT5 [MQTT-3.3.4-3] [MQTT-3.3.4-4].</param>
internal readonly record struct Target(Session Session, byte MaximumQos, bool RetainAsPublished, uint[] Identifiers);

/// <summary>Who gets the messages of one topic from one publisher.</summary>
internal sealed record MatchSet(Target[] Targets, ShareGroup[] Shares)
{
    public static MatchSet Empty { get; } = new([], []);

    /// <summary>Subscriptions match, but leave their own client's messages out.</summary>
    public static MatchSet OwnOnly { get; } = new([], []);

    public bool IsEmpty => Targets.Length == 0 && Shares.Length == 0;
}
