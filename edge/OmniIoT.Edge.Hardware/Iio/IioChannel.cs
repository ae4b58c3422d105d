namespace OmniIoT.Edge.Hardware;

/// <summary>
/// What the kind of an IIO channel says about its number once scale and offset are applied. Source: the kernel's
/// Documentation/ABI/testing/sysfs-bus-iio: temperatures in millidegrees Celsius, relative humidity in milli-percent,
/// voltages in millivolts, currents in milliamperes, pressure in kilopascals, illuminance in lux.
/// </summary>
internal static class IioChannel
{
    /// <summary>The kind of <c>voltage0</c> is <c>voltage</c>: attributes shared by all channels of a kind bear its name.</summary>
    public static string Kind(string channel) => channel.TrimEnd("0123456789".ToCharArray());

    public static bool TryFind(string channel, out double scale, out string unit)
    {
        (scale, unit) = Kind(channel) switch
        {
            "temp" => (0.001, "Cel"),
            "humidityrelative" => (0.001, "%"),
            "voltage" => (0.001, "V"),
            "current" => (0.001, "A"),
            "pressure" => (1, "kPa"),
            "illuminance" => (1, "lx"),
            _ => (0, ""),
        };
        return scale != 0;
    }
}
