namespace OmniIoT.Edge.Hardware;

/// <summary>What a sensor measured of one <see cref="Hardware.Quantity"/>.</summary>
/// <param name="Value">Finite, in the quantity's unit; 1 and 0 for the states on and off.</param>
/// <param name="IsState">The value is on or off and is sent as a boolean.</param>
public readonly record struct Measurement(string Quantity, double Value, bool IsState = false)
{
    public static Measurement State(string quantity, bool isOn) => new(quantity, isOn ? 1 : 0, IsState: true);
}
