using OmniIoT.Mqtt.Properties;

namespace OmniIoT.Gateway.Outgoing;

/// <summary>Keeps a waiting message's subscription identifiers in front of its forwarded properties, as 5.0 encodes them.</summary>
internal static class StoredProperties
{
    public static byte[] Encode(byte[] properties, uint[] identifiers)
    {
        if (identifiers.Length == 0)
            return properties;
        Span<byte> head = stackalloc byte[PropertyBytes.MaximumIdentifierLength];
        List<byte> all = new((identifiers.Length * head.Length) + properties.Length);
        foreach (uint identifier in identifiers)
            all.AddRange(head[..PropertyBytes.WriteSubscriptionIdentifier(head, identifier)]);
        all.AddRange(properties);
        return [.. all];
    }

    public static (byte[] Properties, uint[] Identifiers) Decode(byte[] stored)
    {
        List<uint> identifiers = [];
        foreach (PropertyView property in new PropertySection(stored))
            if (property.Id == PropertyId.SubscriptionIdentifier)
                identifiers.Add(property.Number);
        return (MessageExtras.From(new PropertySection(stored), default).Properties, [.. identifiers]);
    }
}
