namespace OmniIoT.Domain;

/// <summary>What a grain stands for.</summary>
public enum EntityKind
{
    Device,
    Customer,
}

/// <summary>
/// The name of a stateful entity, touched by one turn at a time.
/// Its text form (<c>device:press-7</c>) is what is stored; it never changes.
/// </summary>
public readonly record struct EntityId(EntityKind Kind, string Key)
{
    private const string DevicePrefix = "device:";
    private const string CustomerPrefix = "customer:";

    public static EntityId Device(string id) => new(EntityKind.Device, id);

    public static EntityId Customer(string id) => new(EntityKind.Customer, id);

    /// <summary>Reads the text form; null when it is none.</summary>
    public static EntityId? TryParse(string text) =>
        text.StartsWith(DevicePrefix, StringComparison.Ordinal) ? Device(text[DevicePrefix.Length..])
        : text.StartsWith(CustomerPrefix, StringComparison.Ordinal) ? Customer(text[CustomerPrefix.Length..])
        : null;

    public override string ToString() => (Kind == EntityKind.Device ? DevicePrefix : CustomerPrefix) + Key;
}
