using System.Collections.Immutable;
using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Handlers;

/// <summary>Ends subscriptions; what is in flight is completed all the same.</summary>
internal sealed class UnsubscribeHandler(SessionCommits commits)
{
    public async ValueTask HandleAsync(Connection connection, UnsubscribePacket packet)
    {
        ImmutableArray<ReasonCode> reasons =
        [
            .. packet.Filters.Select(filter => // MQTT5 [MQTT-3.10.4-1], MQTT311 [MQTT-3.10.4-1]
                connection.Session.Unsubscribe(filter.Value) ? ReasonCode.Success : ReasonCode.NoSubscriptionExisted
            ),
        ];
        List<Effect> effects = [];
        for (int i = 0; i < reasons.Length && connection.Session.IsPersistent; i++)
            if (reasons[i] == ReasonCode.Success)
                effects.Add(new DeleteSubscription(connection.Session.Key, packet.Filters[i].Value));
        await commits.CommitAsync(effects, connection.Closing.Token);
        // MQTT5 [MQTT-3.10.4-4] [MQTT-3.10.4-5], MQTT311 [MQTT-3.10.4-4] [MQTT-3.10.4-5]
        connection.Answer((output, _) => new UnsubAckPacket(packet.PacketIdentifier, reasons).Encode(connection.Version, output));
    }
}
