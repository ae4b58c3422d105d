namespace OmniIoT.Simulators.Physics;

/// <summary>
/// A body that heat flows into and out of, first order: it approaches its equilibrium exponentially. The solution is
/// exact, so that any step is stable.
/// </summary>
internal struct ThermalMass(double celsius, double timeConstantSeconds)
{
    public double Celsius { get; private set; } = celsius;

    public void Step(TimeSpan elapsed, double equilibriumCelsius) =>
        Celsius = equilibriumCelsius + ((Celsius - equilibriumCelsius) * Math.Exp(-elapsed.TotalSeconds / timeConstantSeconds));
}
