using System.Text.Json;

namespace OmniIoT.Simulators.Physics;

/// <summary>
/// A boiler held by its thermostat, a pump, a grinder. Scale grows with every cup: the boiler overshoots, for the probe
/// sits under the crust, and the pump loses pressure. Beans jam the grinder now and then (E31).
/// </summary>
public sealed class EspressoMachine : Product
{
    private const double AmbientCelsius = 23;
    private const double CupSeconds = 27;

    private ThermalMass _boiler = new(90, timeConstantSeconds: 180);
    private double _scale;
    private double _cups;
    private double _waterLitres = 4;
    private double _brewingSeconds;
    private bool _standby;

    /// <param name="scale">0 clean to 1 blocked.</param>
    public EspressoMachine(Random random, double scale = 0)
        : base("espresso-e1", random)
    {
        _scale = scale;
        // Not due for its descaling on the first day.
        _cups = random.Next(200, 2900);
        Reported["boilerCelsius"] = 118.0;
    }

    /// <summary>Customers at the bar, the reason for cups.</summary>
    public double CupsPerHour { get; set; } = 40;

    /// <summary>A bean stuck between the burrs: reported once, as the machine does.</summary>
    public void JamGrinder() => Raise(new ProductEvent("error", "E31", "Grinder blocked"));

    public override void WriteValues(Utf8JsonWriter values)
    {
        Write(values, "boiler", _boiler.Celsius + Random.Noise(0.2));
        Write(values, "pressure", _brewingSeconds > 0 ? (9.1 * (1 - (0.35 * _scale))) + Random.Noise(0.1) : Random.Between(0, 0.2));
        values.WriteString("state", State);
        values.WriteBoolean("waterLow", _waterLitres < 0.4);
        values.WriteNumber("cups", (long)_cups);
    }

    private string State =>
        _standby ? "standby"
        : _brewingSeconds > 0 ? "brewing"
        : _boiler.Celsius < Target - 6 ? "heating"
        : "ready";

    private double Target => Setting("boilerCelsius");

    protected override void Step(TimeSpan elapsed)
    {
        // The thermostat sees the probe; under scale the water is hotter than the probe says.
        bool heats = !_standby && _boiler.Celsius < Target + (16 * _scale);
        _boiler.Step(elapsed, (heats ? 190 : AmbientCelsius) - (_brewingSeconds > 0 ? 25 : 0));
        if (_brewingSeconds > 0)
            _brewingSeconds -= elapsed.TotalSeconds;
        else if (State == "ready" && Random.Happens(CupsPerHour, elapsed))
            Brew();
        if (_waterLitres < 0.4 && Random.Happens(12, elapsed))
            _waterLitres = 4;
    }

    private void Brew()
    {
        _brewingSeconds = CupSeconds;
        _cups++;
        _waterLitres = Math.Max(0, _waterLitres - 0.04);
        _scale = Math.Min(1, _scale + 0.0001);
        if (Random.NextDouble() < 0.0005)
            JamGrinder();
    }

    protected override bool TryExecute(string name, JsonElement arguments)
    {
        if (name == "standby")
            _standby = true;
        else if (name == "rinse")
            _scale *= 0.97;
        else
            return false;
        return true;
    }

    protected override void Restart() => (_standby, _brewingSeconds) = (false, 0);

    protected override (double Least, double Most)? Limits(string setting) => setting == "boilerCelsius" ? (85, 125) : base.Limits(setting);
}
