using System.Globalization;

namespace OmniIoT.Edge.Hardware.Guest;

/// <summary>The lines that the test on the host reads.</summary>
internal static class Say
{
    public static void That(string what, string value) => Console.WriteLine($"guest: {what} = {value}");

    /// <summary>A sensor's values, or why it has none.</summary>
    public static void Reading(string what, ISensor sensor) =>
        That(
            what,
            sensor.TryRead(out IReadOnlyList<Measurement>? measurements, out string? failure)
                ? string.Join(
                    ", ",
                    measurements.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Quantity} {one.Value:0.###}"))
                )
                : failure
        );

    public static void Switching(string what, IOutput output, bool on) =>
        That(
            what,
            output.TrySwitch(on, out string? failure)
                ? on
                    ? "on"
                    : "off"
                : failure
        );
}
