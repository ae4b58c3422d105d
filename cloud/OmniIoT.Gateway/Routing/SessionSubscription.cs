using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Routing;

/// <summary>One subscription of one session.</summary>
/// <param name="Identifier">5.0 subscription identifier; 0 none.</param>
internal sealed record SessionSubscription(Session Session, Subscription Wanted, uint Identifier)
{
    private const int NoLocalBit = 0x04;
    private const int RetainAsPublishedBit = 0x08;
    private const int RetainHandlingShift = 4;

    public TopicFilter Filter => Wanted.Filter;

    /// <summary>One or none.</summary>
    public uint[] Identifiers => Identifier == 0 ? [] : [Identifier];

    /// <summary>Its session, as far as this subscription alone is concerned.</summary>
    public Target Target => new(Session, (byte)Wanted.MaximumQos, Wanted.RetainAsPublished, Identifiers);

    /// <summary>In the form that outlives the process: the options byte is that of MQTT 5.0.</summary>
    public StoredSubscription ToStored() =>
        new(
            Filter.Value,
            (byte)(
                (int)Wanted.MaximumQos
                | (Wanted.NoLocal ? NoLocalBit : 0)
                | (Wanted.RetainAsPublished ? RetainAsPublishedBit : 0)
                | ((int)Wanted.RetainHandling << RetainHandlingShift)
            ),
            Identifier
        );

    public static SessionSubscription FromStored(Session session, StoredSubscription stored) =>
        new(
            session,
            new Subscription(TopicFilter.Parse(stored.Filter), (QualityOfService)(stored.Options & 0b11))
            {
                NoLocal = (stored.Options & NoLocalBit) != 0,
                RetainAsPublished = (stored.Options & RetainAsPublishedBit) != 0,
                RetainHandling = (RetainHandling)(stored.Options >> RetainHandlingShift),
            },
            stored.Identifier
        );
}
