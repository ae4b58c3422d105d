using System.Collections.Immutable;
using System.Text;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Properties;

public sealed partial record PacketProperties
{
    /// <summary>Decodes a section that a view such as <see cref="PublishView"/> has validated.</summary>
    public static PacketProperties Decode(PropertySection section)
    {
        if (section.IsEmpty)
            return None;
        Lookup found = new(section);
        return new PacketProperties
        {
            PayloadFormatIndicator = (byte?)found.Number(PropertyId.PayloadFormatIndicator),
            MessageExpiryIntervalSeconds = found.Number(PropertyId.MessageExpiryInterval),
            ContentType = found.Text(PropertyId.ContentType),
            ResponseTopic = found.Text(PropertyId.ResponseTopic),
            CorrelationData = found.Binary(PropertyId.CorrelationData),
            SubscriptionIdentifiers = found.SubscriptionIdentifiers(),
            SessionExpiryIntervalSeconds = found.Number(PropertyId.SessionExpiryInterval),
            AssignedClientIdentifier = found.Text(PropertyId.AssignedClientIdentifier),
            ServerKeepAliveSeconds = (ushort?)found.Number(PropertyId.ServerKeepAlive),
            AuthenticationMethod = found.Text(PropertyId.AuthenticationMethod),
            AuthenticationData = found.Binary(PropertyId.AuthenticationData),
            RequestProblemInformation = found.Flag(PropertyId.RequestProblemInformation),
            WillDelayIntervalSeconds = found.Number(PropertyId.WillDelayInterval),
            RequestResponseInformation = found.Flag(PropertyId.RequestResponseInformation),
            ResponseInformation = found.Text(PropertyId.ResponseInformation),
            ServerReference = found.Text(PropertyId.ServerReference),
            ReasonString = found.Text(PropertyId.ReasonString),
            ReceiveMaximum = (ushort?)found.Number(PropertyId.ReceiveMaximum),
            TopicAliasMaximum = (ushort?)found.Number(PropertyId.TopicAliasMaximum),
            TopicAlias = (ushort?)found.Number(PropertyId.TopicAlias),
            MaximumQos = (QualityOfService?)found.Number(PropertyId.MaximumQos),
            RetainAvailable = found.Flag(PropertyId.RetainAvailable),
            UserProperties = found.UserProperties(),
            MaximumPacketSize = found.Number(PropertyId.MaximumPacketSize),
            WildcardSubscriptionAvailable = found.Flag(PropertyId.WildcardSubscriptionAvailable),
            SubscriptionIdentifierAvailable = found.Flag(PropertyId.SubscriptionIdentifierAvailable),
            SharedSubscriptionAvailable = found.Flag(PropertyId.SharedSubscriptionAvailable),
        };
    }

    internal static PacketProperties Decode(ReadOnlySpan<byte> section, PacketType packet)
    {
        PropertyRules.Validate(section, packet);
        return Decode(new PropertySection(section));
    }

    /// <summary>Reads the section's property section from a 5.0 packet; 3.1.1 has none.</summary>
    internal static PacketProperties Read(ref WireReader reader, ProtocolVersion version, PacketType packet) =>
        version == ProtocolVersion.V5 ? Decode(reader.ReadProperties(), packet) : None;

    /// <summary>Finds properties by identifier; each search walks the section, which is short in a sane packet.</summary>
    private readonly ref struct Lookup
    {
        private readonly PropertySection _section;
        private readonly ulong _present;

        public Lookup(PropertySection section)
        {
            _section = section;
            foreach (PropertyView property in section)
                _present |= 1UL << (int)property.Id;
        }

        public uint? Number(PropertyId id) => TryFind(id, out PropertyView property) ? property.Number : null;

        public bool? Flag(PropertyId id) => TryFind(id, out PropertyView property) ? property.Number != 0 : null;

        public string? Text(PropertyId id) => TryFind(id, out PropertyView property) ? Encoding.UTF8.GetString(property.Value) : null;

        public ReadOnlyMemory<byte>? Binary(PropertyId id) =>
            TryFind(id, out PropertyView property) ? property.Value.ToArray() : default(ReadOnlyMemory<byte>?);

        public ImmutableArray<int> SubscriptionIdentifiers()
        {
            if (!PropertyRules.Has(_present, PropertyId.SubscriptionIdentifier))
                return [];
            ImmutableArray<int>.Builder identifiers = ImmutableArray.CreateBuilder<int>();
            foreach (PropertyView property in _section)
            {
                if (property.Id == PropertyId.SubscriptionIdentifier)
                    identifiers.Add((int)property.Number);
            }

            return identifiers.ToImmutable();
        }

        public ImmutableArray<UserProperty> UserProperties()
        {
            if (!PropertyRules.Has(_present, PropertyId.UserProperty))
                return [];
            ImmutableArray<UserProperty>.Builder properties = ImmutableArray.CreateBuilder<UserProperty>();
            foreach (PropertyView property in _section) // MQTT5 [MQTT-3.3.2-18]: the order is kept.
            {
                if (property.Id == PropertyId.UserProperty)
                    properties.Add(new UserProperty(Encoding.UTF8.GetString(property.Name), Encoding.UTF8.GetString(property.Value)));
            }

            return properties.ToImmutable();
        }

        private bool TryFind(PropertyId id, out PropertyView found)
        {
            found = default;
            if (!PropertyRules.Has(_present, id))
                return false;
            foreach (PropertyView property in _section)
            {
                if (property.Id != id)
                    continue;
                found = property;
                return true;
            }

            return false;
        }
    }
}
