namespace OmniIoT.Edge.Hardware;

/// <summary>How a type of sensor is connected, and so which settings tell where it is.</summary>
public enum Wiring
{
    None,
    I2c,
    Path,
    Line,
    Network,
}

/// <summary>A type of sensor that the settings can name.</summary>
/// <param name="Open">Makes the sensor without touching the hardware. Throws a <see cref="WrongSettingException"/> for what its type has
/// not.</param>
internal sealed record SensorType(string Name, Wiring Connection, Func<SensorSpec, Board, ISensor> Open)
{
    /// <summary>I2C: those that the chip can have, its usual one first.</summary>
    public IReadOnlyList<int> Addresses { get; init; } = [];
}
