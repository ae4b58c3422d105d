namespace OmniIoT.Edge.Hardware;

public enum WaveShape
{
    Constant,
    Sine,
    Steps,
    Noise,
}

/// <summary>The course of a simulated value. Depends on nothing but the time asked for.</summary>
public sealed record Waveform
{
    public WaveShape Shape { get; init; } = WaveShape.Sine;

    /// <summary>The least value, and the one of <see cref="WaveShape.Constant"/>.</summary>
    public double Low { get; init; } = 15;

    public double High { get; init; } = 25;

    /// <summary>One swing, or one low and one high step.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromHours(1);

    public static Waveform Constant(double value) =>
        new()
        {
            Shape = WaveShape.Constant,
            Low = value,
            High = value,
        };

    public double At(DateTimeOffset time) => Low + ((High - Low) * Share(time.ToUnixTimeMilliseconds()));

    /// <summary>Of the way from low to high, 0 to 1.</summary>
    private double Share(long milliseconds)
    {
        double turns = milliseconds / Period.TotalMilliseconds;
        double turn = turns - Math.Floor(turns);
        return Shape switch
        {
            WaveShape.Sine => (1 + Math.Sin(2 * Math.PI * turn)) / 2,
            WaveShape.Steps => turn < 0.5 ? 0 : 1,
            WaveShape.Noise => Scatter((ulong)milliseconds),
            _ => 0,
        };
    }

    /// <summary>Evenly spread numbers that look unrelated: the finalizer of SplitMix64 (Steele, Lea, Flood 2014, figure 15).</summary>
    private static double Scatter(ulong seed)
    {
        ulong z = seed * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (z ^ (z >> 31)) / (double)ulong.MaxValue;
    }
}
