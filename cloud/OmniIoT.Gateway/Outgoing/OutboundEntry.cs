using OmniIoT.Gateway.Connections;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Outgoing;

/// <summary>A QoS 1 or 2 message on its way to one session. Guarded by the session's lock.</summary>
internal sealed class OutboundEntry(OutboundMessage message, long order, byte qos, bool retain, uint[] identifiers)
{
    public OutboundMessage Message { get; } = message;

    /// <summary>Rises within the session; the key in storage.</summary>
    public long Order { get; } = order;

    public byte Qos { get; } = qos;

    public bool Retain { get; } = retain;

    public uint[] Identifiers { get; } = identifiers;

    /// <summary>0 while it waits in the queue.</summary>
    public ushort PacketIdentifier { get; set; }

    public StoredMessageState State { get; set; }

    /// <summary>The connection whose send quota it takes up.</summary>
    public Connection? CountedOn { get; set; }

    /// <summary>Whether it is not to be sent after all.</summary>
    public bool IsWithdrawn { get; set; }

    /// <summary>Whether storage holds it; it is not sent before.</summary>
    public bool IsDurable { get; set; }

    /// <summary>Whether it was sent before, on whichever connection: then it is sent again with DUP.</summary>
    public bool WasSent { get; set; }

    public bool HasExpired(Instant now) => Message.Extras.ExpiresAt <= now;

    public StoredMessage ToStored() =>
        new()
        {
            Order = Order,
            Topic = Message.TopicText,
            Payload = Message.Payload,
            Qos = Qos,
            Retain = Retain,
            Properties = StoredProperties.Encode(Message.Extras.Properties, Identifiers),
            ExpiresAt = Message.Extras.ExpiresAt,
            PacketIdentifier = PacketIdentifier,
            State = State,
            Reference = Message.Extras.Reference,
        };
}
