namespace OmniIoT.Edge.Hardware;

/// <summary>
/// What the kind of a hwmon channel says about its number. Source: the kernel's Documentation/hwmon/sysfs-interface:
/// temperatures in millidegrees Celsius, voltages in millivolts, currents in milliamperes, power in microwatts,
/// humidity in per mille times one hundred (milli-percent), fans in revolutions per minute.
/// </summary>
internal static class HwmonChannel
{
    public static bool TryFind(string channel, out double scale, out string unit)
    {
        (scale, unit) = channel.TrimEnd("0123456789".ToCharArray()) switch
        {
            "temp" => (0.001, "Cel"),
            "humidity" => (0.001, "%"),
            "in" => (0.001, "V"),
            "curr" => (0.001, "A"),
            "power" => (0.000_001, "W"),
            "fan" => (1, "{rpm}"),
            _ => (0, ""),
        };
        return scale != 0;
    }
}
