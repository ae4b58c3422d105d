namespace OmniIoT.Mqtt.Properties;

/// <summary>One property where it lies in the packet; nothing is copied.</summary>
public readonly ref struct PropertyView
{
    internal PropertyView(PropertyId id, uint number)
    {
        Id = id;
        Number = number;
    }

    internal PropertyView(PropertyId id, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Id = id;
        Name = name;
        Value = value;
    }

    public PropertyId Id { get; }

    /// <summary>The value of a byte or integer property, else 0.</summary>
    public uint Number { get; }

    /// <summary>The UTF-8 name of a user property, else empty.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The UTF-8 text or binary data of all other properties, the value of a user property; else empty.</summary>
    public ReadOnlySpan<byte> Value { get; }
}
