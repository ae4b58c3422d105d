using System.Text.Json;

namespace OmniIoT.Simulators.Physics;

/// <summary>
/// A small computer in a shop that hears tags. Its radio goes deaf at times and its disk fills with what it could not send.
/// </summary>
public sealed class SiteScanner : Product
{
    private ThermalMass _processor = new(48, timeConstantSeconds: 300);
    private double _diskPercent;
    private double _uptimeSeconds;
    private bool _deaf;

    public SiteScanner(Random random, double diskPercent = 30)
        : base("site-scanner-s1", random)
    {
        _diskPercent = diskPercent;
        _uptimeSeconds = random.Next(1000, 1_000_000);
    }

    /// <summary>Tags that pass by.</summary>
    public double TagsPerMinute { get; set; } = 18;

    public override void WriteValues(Utf8JsonWriter values)
    {
        values.WriteNumber("sightings", _deaf ? 0 : (int)Math.Max(0, Math.Round(TagsPerMinute + Random.Noise(4))));
        Write(values, "cpu", _processor.Celsius + Random.Noise(0.4), 1);
        Write(values, "disk", _diskPercent, 1);
        values.WriteNumber("uptime", (long)_uptimeSeconds);
    }

    protected override void Step(TimeSpan elapsed)
    {
        _processor.Step(elapsed, 38 + (_deaf ? 2 : 12));
        _diskPercent = Math.Min(100, _diskPercent + (elapsed.TotalHours * 0.05));
        _uptimeSeconds += elapsed.TotalSeconds;
        if (!_deaf && Random.Happens(0.002, elapsed))
            _deaf = true;
    }

    protected override bool TryExecute(string name, JsonElement arguments)
    {
        if (name != "clear-queue")
            return false;
        _diskPercent = 22;
        return true;
    }

    protected override void Restart() => (_deaf, _uptimeSeconds) = (false, 0);
}
