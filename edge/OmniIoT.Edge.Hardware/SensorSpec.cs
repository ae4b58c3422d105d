namespace OmniIoT.Edge.Hardware;

public enum SensorKind { Hwmon, Iio, OneWire, Simulated }

/// <summary>Which sensor to read, and under what name to send it.</summary>
public sealed record SensorSpec
{
    public required SensorKind Kind { get; init; }

    public required string Metric { get; init; }

    /// <summary>
    /// Hwmon and IIO: the content of the chip's <c>name</c> file (numbers of chips change from boot to boot, names do
    /// not); 1-Wire: the bus id as <c>28-0316a2794c11</c>. Null takes the first that has the channel.
    /// </summary>
    public string? Device { get; init; }

    /// <summary>Hwmon: as <c>temp1</c>; IIO: as <c>temp</c> or <c>voltage0</c>; nothing for 1-Wire.</summary>
    public string? Channel { get; init; }

    /// <summary>Simulated: the value that it swings around.</summary>
    public double Mean { get; init; } = 20;

    /// <summary>Simulated: how far it swings.</summary>
    public double Amplitude { get; init; } = 5;

    /// <summary>Simulated: how long one swing takes.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromHours(1);
}
