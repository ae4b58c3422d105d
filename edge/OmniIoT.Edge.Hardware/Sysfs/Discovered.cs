namespace OmniIoT.Edge.Hardware.Sysfs;

internal static class Discovered
{
    /// <summary>What was found is sent under its own name: several chips may measure the same quantity.</summary>
    public static SensorSpec Spec(string type, string name, string path, Quantity quantity) =>
        new()
        {
            Id = name,
            Type = type,
            Path = path,
            Metrics = [new MetricSpec(quantity.Name, name)],
        };
}
