namespace OmniIoT.Mqtt.Client;

/// <summary>
/// What of a session the client must not forget between connections: its QoS 1 and 2 messages that are not yet
/// acknowledged, and the QoS 2 messages it has received but not completed. The client calls it from one thread at a
/// time. A durable implementation makes a session survive the process; it must then be used with the same protocol
/// version, in which its packets are encoded.
/// </summary>
public interface IInFlightStore
{
    /// <summary>Keeps a whole encoded PUBLISH until <see cref="Remove"/>. The span is only valid during the call.</summary>
    void Add(ushort packetIdentifier, ReadOnlySpan<byte> packet);

    /// <summary>The server has taken over a QoS 2 message: only PUBREL is to be re-sent, the packet may be dropped.</summary>
    void Release(ushort packetIdentifier);

    void Remove(ushort packetIdentifier);

    bool TryGet(ushort packetIdentifier, out InFlightPacket packet);

    /// <summary>All that is in flight, in the order of <see cref="Add"/>; MQTT5 [MQTT-4.6.0-1], MQTT311 [MQTT-4.6.0-1].</summary>
    IReadOnlyList<InFlightPacket> Pending { get; }

    /// <summary>Remembers an incoming QoS 2 message that has been handled; false when it was known already.</summary>
    bool AddReceived(ushort packetIdentifier);

    bool ContainsReceived(ushort packetIdentifier);

    /// <summary>Forgets an incoming QoS 2 message that is complete; false when it was not known.</summary>
    bool RemoveReceived(ushort packetIdentifier);

    /// <summary>The server has no session any more: all received identifiers are void.</summary>
    void ClearReceived();
}

/// <summary>One message in flight.</summary>
/// <param name="Packet">The encoded PUBLISH without DUP; valid until the message is removed or released.</param>
/// <param name="IsReleased">True once the server has taken it over and only PUBREL is owed.</param>
public readonly record struct InFlightPacket(ushort PacketIdentifier, ReadOnlyMemory<byte> Packet, bool IsReleased);
