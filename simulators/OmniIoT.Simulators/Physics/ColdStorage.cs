using System.Text.Json;

namespace OmniIoT.Simulators.Physics;

/// <summary>
/// A cold room with a compressor, a door and goods. The door's seal ages and lets warmth in; moist air freezes on the
/// evaporator, which then cools ever less while the compressor draws ever more, until it is defrosted.
/// </summary>
public sealed class ColdStorage : Product
{
    private const double AmbientCelsius = 24;

    private ThermalMass _room = new(4, timeConstantSeconds: 2400);
    private Wear _seal;
    private double _ice;
    private double _doorSeconds;
    private double _defrostSeconds;
    private bool _cooling;

    /// <param name="sealWear">0 tight to 1 torn.</param>
    /// <param name="ice">0 free to 1 blocked.</param>
    public ColdStorage(Random random, double sealWear = 0, double ice = 0)
        : base("cold-storage-c4", random)
    {
        _seal = new Wear(nominalHours: 8000, sealWear);
        _ice = ice;
        Reported["setCelsius"] = 4.0;
    }

    /// <summary>How often someone fetches something.</summary>
    public double DoorsPerHour { get; set; } = 6;

    public double Celsius => _room.Celsius;

    public override void WriteValues(Utf8JsonWriter values)
    {
        Write(values, "temperature", _room.Celsius + Random.Noise(0.05));
        Write(values, "humidity", Math.Clamp(62 + (_doorSeconds > 0 ? 14 : 0) + (10 * _seal.Level) + Random.Noise(0.8), 0, 100), 1);
        values.WriteString("door", _doorSeconds > 0 ? "open" : "closed");
        Write(values, "compressor", _cooling ? 340 + (160 * _ice) + Random.Noise(4) : 6 + Random.NextDouble(), 1);
    }

    protected override void Step(TimeSpan elapsed)
    {
        double seconds = elapsed.TotalSeconds;
        if (_doorSeconds > 0)
            _doorSeconds -= seconds;
        else if (Random.Happens(DoorsPerHour, elapsed))
            _doorSeconds = Random.Between(8, 60);
        _defrostSeconds = Math.Max(0, _defrostSeconds - seconds);
        double set = Setting("setCelsius");
        _cooling = _defrostSeconds <= 0 && (_room.Celsius > set + 0.8 || (_cooling && _room.Celsius > set - 0.8));
        double leak = (_doorSeconds > 0 ? 14 : 0) + (6 * _seal.Level);
        _room.Step(elapsed, AmbientCelsius + leak - (_cooling ? 46 * (1 - (0.75 * _ice)) : 0));
        _ice =
            _defrostSeconds > 0
                ? Math.Max(0, _ice - (seconds / 1200))
                : Math.Min(1, _ice + (seconds / 3600 * (_doorSeconds > 0 ? 0.02 : 0.0008) * (1 + (3 * _seal.Level))));
        _seal.Step(elapsed, 1);
    }

    protected override bool TryExecute(string name, JsonElement arguments)
    {
        if (name != "defrost")
            return false;
        _defrostSeconds = 1200;
        return true;
    }

    protected override void Restart() => _cooling = false;

    protected override (double Least, double Most)? Limits(string setting) => setting == "setCelsius" ? (1, 8) : base.Limits(setting);
}
