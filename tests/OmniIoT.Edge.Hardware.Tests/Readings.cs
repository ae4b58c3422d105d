namespace OmniIoT.Edge.Hardware.Tests;

internal static class Readings
{
    /// <summary>The sensor's values by their quantities; fails the test with the sensor's reason when it has none.</summary>
    public static Dictionary<string, double> Of(ISensor sensor)
    {
        Assert.True(sensor.TryRead(out IReadOnlyList<Measurement>? measurements, out string? failure), failure);
        return measurements.ToDictionary(measurement => measurement.Quantity, measurement => measurement.Value, StringComparer.Ordinal);
    }
}
