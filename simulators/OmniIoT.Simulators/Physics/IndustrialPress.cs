using System.Text.Json;

namespace OmniIoT.Simulators.Physics;

/// <summary>
/// A hydraulic press that works warm. Its bearing wears: it vibrates, friction warms it and costs force, until it overheats or seizes
/// and falls cold.
/// </summary>
public sealed class IndustrialPress : Product
{
    private const double AmbientCelsius = 20;

    private ThermalMass _body = new(85, timeConstantSeconds: 3600);
    private Wear _bearing;
    private double _drift;
    private double _crack;
    private double _cycles;
    private bool _stopped;

    /// <param name="bearingWear">0 new to 1 seized.</param>
    public IndustrialPress(Random random, double bearingWear = 0)
        : base("press-p7", random)
    {
        _bearing = new Wear(nominalHours: 4000, bearingWear);
        // Not due for its lubrication on the first day.
        _cycles = random.Next(10_000, 200_000);
        Reported["strokesPerMinute"] = 24.0;
    }

    /// <summary>A race of the bearing breaks: it rattles at once, far below what anybody would stop the press for.</summary>
    public void CrackBearing() => _crack = 1.1;

    public override void WriteValues(Utf8JsonWriter values)
    {
        Write(values, "temperature", _body.Celsius + Random.Noise(0.6));
        Write(values, "force", IsRunning ? (630 * (1 - (0.2 * _bearing.Level))) + Random.Noise(6) : 0, 1);
        Write(values, "vibration", IsRunning ? Vibration + Random.Noise(0.08) : 0);
        values.WriteNumber("cycles", (long)_cycles);
    }

    // mm/s of the housing, root mean square (ISO 20816-3: up to 2.8 of a new machine, 7.1 and more does damage).
    private double Vibration => 1.2 + (1.2 * _bearing.Level) + _crack;

    private bool IsRunning => !_stopped && _bearing.Level < 1;

    protected override void Step(TimeSpan elapsed)
    {
        double share = IsRunning ? Setting("strokesPerMinute") / 24 : 0;
        // The hall's and the work's slow swing: an Ornstein-Uhlenbeck walk of some 4 degrees.
        _drift += (-_drift * elapsed.TotalHours / 3) + Random.Noise(4 * Math.Sqrt(2 * elapsed.TotalHours / 3));
        _body.Step(elapsed, AmbientCelsius + (share * (66 + _drift + (26 * _bearing.Level))));
        _cycles += elapsed.TotalMinutes * 24 * share;
        _bearing.Step(elapsed, share);
    }

    protected override bool TryExecute(string name, JsonElement arguments)
    {
        if (name != "stop")
            return false;
        _stopped = true;
        return true;
    }

    protected override void Restart() => _stopped = false;

    protected override (double Least, double Most)? Limits(string setting) =>
        setting == "strokesPerMinute" ? (6, 30) : base.Limits(setting);
}
