using System.Text.Json;

namespace OmniIoT.Simulators.Physics;

/// <summary>
/// A drum that fills, heats, washes and spins. Its bearing wears: the drum vibrates more and more, and friction warms
/// the water. A heater relay may weld shut: then it heats on past the set temperature, and only a technician helps.
/// </summary>
public sealed class WashingMachine : Product
{
    private const double AmbientCelsius = 22;
    private static readonly TimeSpan Heating = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Washing = TimeSpan.FromMinutes(45);
    private static readonly TimeSpan Spinning = TimeSpan.FromMinutes(55);
    private static readonly TimeSpan Resting = TimeSpan.FromMinutes(80);

    private ThermalMass _water = new(AmbientCelsius, timeConstantSeconds: 400);
    private Wear _bearing;
    private TimeSpan _programme;
    private bool _slow;
    private double _hours;
    private double _spinShare;

    /// <param name="bearingWear">0 new to 1 broken.</param>
    public WashingMachine(Random random, double bearingWear = 0)
        : base("washer-w2", random)
    {
        _bearing = new Wear(nominalHours: 2000, bearingWear);
        _programme = random.NextDouble() * Resting;
        // Not due for its filter on the first day.
        _hours = random.Between(100, 470);
        Reported["setCelsius"] = 60.0;
    }

    public bool IsHeaterStuck { get; private set; }

    public double Celsius => _water.Celsius;

    /// <summary>Welds the relay shut while the water is already at this temperature.</summary>
    public void WeldHeater(double celsius)
    {
        _water = new ThermalMass(celsius, timeConstantSeconds: 400);
        _programme = TimeSpan.FromMinutes(21);
        IsHeaterStuck = true;
    }

    /// <summary>The relay lets go again.</summary>
    public void ReleaseHeater() => IsHeaterStuck = false;

    /// <summary>What a technician does: new relay, new bearing.</summary>
    public void Repair()
    {
        ReleaseHeater();
        _bearing.Repair();
    }

    public override void WriteValues(Utf8JsonWriter values)
    {
        Write(values, "temperature", _water.Celsius + Random.Noise(0.15));
        Write(values, "vibration", Math.Max(0, Vibration + Random.Noise(0.1)));
        values.WriteString("door", _programme < Spinning || _programme < Resting - TimeSpan.FromMinutes(10) ? "closed" : "open");
        Write(values, "hours", _hours, 3);
    }

    private double Vibration => 0.4 + (_spinShare * (2.2 + (9 * _bearing.Level)));

    protected override void Step(TimeSpan elapsed)
    {
        _programme += elapsed;
        if (_programme >= Resting)
            (_programme, _slow) = (TimeSpan.Zero, false);
        double load =
            _programme < Washing ? 0.3
            : _programme < Spinning ? 1
            : 0;
        _spinShare = load * (_slow ? 0.35 : 1);
        double friction = _spinShare * 45 * _bearing.Level;
        bool heats = IsHeaterStuck || (!_slow && _programme < Heating && _water.Celsius < Setting("setCelsius"));
        _water.Step(elapsed, (heats ? 96 : AmbientCelsius) + friction);
        _bearing.Step(elapsed, _spinShare);
        if (load > 0)
            _hours += elapsed.TotalHours;
    }

    /// <summary><c>slow-spin</c> switches the heater off and takes the drum down until the programme ends.</summary>
    protected override bool TryExecute(string name, JsonElement arguments)
    {
        if (name != "slow-spin")
            return false;
        _slow = true;
        return true;
    }

    protected override void Restart() => (_programme, _slow) = (TimeSpan.Zero, false);

    protected override (double Least, double Most)? Limits(string setting) => setting == "setCelsius" ? (20, 75) : base.Limits(setting);
}
