using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;

namespace OmniIoT.Ports.Messaging;

/// <summary>The way from the outbox to connected clients; the gateway is one.</summary>
public interface IDownlinkPublisher
{
    /// <summary>
    /// Publishes at QoS 1 to every session that subscribed to the topic (a session away from its connection keeps it when
    /// persistent) and stores it as retained when asked. Returns once that is durable.
    /// </summary>
    /// <returns>The number of sessions it was handed to or queued for.</returns>
    ValueTask<int> PublishAsync(Downlink downlink, CancellationToken cancellationToken);

    /// <summary>Ends every connection of a principal: its credentials ended or it was deleted.</summary>
    ValueTask DisconnectAsync(EntityId principal, string reason);
}
