namespace OmniIoT.Edge.Hardware.Iio;

/// <summary>
/// What the kind of an IIO channel says about its number once scale and offset are applied. Source: the kernel's
/// Documentation/ABI/testing/sysfs-bus-iio: temperatures in millidegrees Celsius, relative humidity in milli-percent,
/// voltages in millivolts, currents in milliamperes, pressure in kilopascals, illuminance in lux.
/// </summary>
internal static class IioChannel
{
    /// <summary>The kind of <c>voltage0</c> is <c>voltage</c>: attributes shared by all channels of a kind bear its name.</summary>
    public static string Kind(string channel) => channel.TrimEnd("0123456789".ToCharArray());

    /// <param name="scale">What one of the kernel's units is worth in the quantity's.</param>
    public static bool TryFind(string channel, out double scale, out Quantity quantity)
    {
        (scale, quantity) = Kind(channel) switch
        {
            "temp" => (0.001, new Quantity("temperature", "Cel")),
            "humidityrelative" => (0.001, new Quantity("humidity", "%")),
            "voltage" => (0.001, new Quantity("voltage", "V")),
            "current" => (0.001, new Quantity("current", "A")),
            "pressure" => (10, new Quantity("pressure", "hPa")),
            "illuminance" => (1, new Quantity("illuminance", "lx")),
            _ => (0, default),
        };
        return scale != 0;
    }

    /// <summary>The channel that a file <c>in_…_input</c> or <c>in_…_raw</c> belongs to.</summary>
    public static string OfFile(string file)
    {
        string name = file.StartsWith("in_", StringComparison.Ordinal) ? file["in_".Length..] : file;
        int end = name.LastIndexOf('_');
        return end < 0 ? name : name[..end];
    }
}
