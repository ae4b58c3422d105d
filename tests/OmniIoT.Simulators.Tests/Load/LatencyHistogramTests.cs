using OmniIoT.Simulators.Load;

namespace OmniIoT.Simulators.Tests.Load;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(1.0)]
    public void Percentiles_are_those_of_a_sorted_list_within_three_percent(double share)
    {
        Random random = new(5);
        LatencyHistogram histogram = new();
        List<long> all = Enumerable.Range(0, 20_000).Select(_ => (long)Math.Exp(random.NextDouble() * 15)).ToList();
        foreach (long value in all)
            histogram.Add(value);
        all.Sort();

        long exact = all[(int)Math.Ceiling(all.Count * share) - 1];

        Assert.InRange(histogram.Percentile(share), exact, exact * 1.0313);
        Assert.Equal(all[^1], histogram.MaxMicroseconds);
    }

    [Fact]
    public void Merging_adds_up()
    {
        (LatencyHistogram? left, LatencyHistogram? right) = (new LatencyHistogram(), new LatencyHistogram());
        left.Add(10);
        right.Add(1000);

        left.Merge(right);

        Assert.Equal((2, 1000), (left.Count, left.MaxMicroseconds));
        Assert.Equal(10, left.Percentile(0.5));
    }

    [Fact]
    public void Nothing_measured_is_zero() => Assert.Equal(0, new LatencyHistogram().Percentile(0.99));
}
