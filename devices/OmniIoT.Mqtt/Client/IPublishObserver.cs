using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Client;

/// <summary>Hears of acknowledgements without a task per message.</summary>
public interface IPublishObserver
{
    /// <summary>
    /// The message is acknowledged for good (PUBACK, or PUBCOMP, or a PUBREC that refuses). Called on the client's
    /// receive loop: be brief, do not block. The identifier is free for re-use when this returns. Not called for a
    /// message that is still in flight when the client is disposed.
    /// </summary>
    void OnAcknowledged(ushort packetIdentifier, ReasonCode reasonCode);
}
