namespace OmniIoT.Edge.Hardware.Tests;

public sealed class WaveformTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_sine_swings_between_low_and_high_once_a_period()
    {
        double[] values = Values(
            new Waveform
            {
                Shape = WaveShape.Sine,
                Low = 15,
                High = 25,
                Period = TimeSpan.FromMinutes(1),
            }
        );

        Assert.Equal(15, values.Min(), 1);
        Assert.Equal(25, values.Max(), 1);
        Assert.Equal(20, values.Average(), 1);
    }

    [Fact]
    public void Steps_are_low_for_half_a_period_and_high_for_the_other()
    {
        double[] values = Values(
            new Waveform
            {
                Shape = WaveShape.Steps,
                Low = 1,
                High = 2,
                Period = TimeSpan.FromMinutes(1),
            }
        );

        Assert.Equal([1.0, 2.0], values.Distinct());
        Assert.Equal(30, values.Count(value => value == 1));
    }

    [Fact]
    public void Noise_fills_its_range_and_is_the_same_at_the_same_time()
    {
        Waveform wave = new Waveform
        {
            Shape = WaveShape.Noise,
            Low = 0,
            High = 1,
        };
        double[] values = Values(wave);

        Assert.All(values, value => Assert.InRange(value, 0, 1));
        Assert.InRange(values.Average(), 0.35, 0.65);
        Assert.Equal(60, values.Distinct().Count());
        Assert.Equal(values, Values(wave));
    }

    [Fact]
    public void A_constant_is_its_low_value() =>
        Assert.All(
            Values(
                new Waveform
                {
                    Shape = WaveShape.Constant,
                    Low = 3,
                    High = 9,
                }
            ),
            value => Assert.Equal(3, value)
        );

    /// <summary>Of a minute.</summary>
    private static double[] Values(Waveform wave) => [.. Enumerable.Range(0, 60).Select(second => wave.At(Start.AddSeconds(second)))];
}
