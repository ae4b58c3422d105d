namespace OmniIoT.Edge.Hardware.Hwmon;

/// <summary>
/// What the kind of a hwmon channel says about its number. Source: the kernel's Documentation/hwmon/sysfs-interface:
/// temperatures in millidegrees Celsius, voltages in millivolts, currents in milliamperes, power in microwatts,
/// humidity in milli-percent, fans in revolutions per minute.
/// </summary>
internal static class HwmonChannel
{
    /// <param name="scale">What one of the kernel's units is worth in the quantity's.</param>
    public static bool TryFind(string channel, out double scale, out Quantity quantity)
    {
        (scale, quantity) = channel.TrimEnd("0123456789".ToCharArray()) switch
        {
            "temp" => (0.001, new Quantity("temperature", "Cel")),
            "humidity" => (0.001, new Quantity("humidity", "%")),
            "in" => (0.001, new Quantity("voltage", "V")),
            "curr" => (0.001, new Quantity("current", "A")),
            "power" => (0.000_001, new Quantity("power", "W")),
            "fan" => (1, new Quantity("speed", "{rpm}")),
            _ => (0, default),
        };
        return scale != 0;
    }
}
