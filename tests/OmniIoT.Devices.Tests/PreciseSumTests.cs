using System.Numerics;
using OmniIoT.Devices.Metrics;

namespace OmniIoT.Devices.Tests;

public sealed class PreciseSumTests
{
    [Theory]
    [InlineData(new[] { 1.797e308, 1.797e308 }, 1.797e308)]
    [InlineData(new[] { double.MaxValue, double.MaxValue, double.MaxValue }, double.MaxValue)]
    [InlineData(new[] { 1.797e308, 1.797e308, -1.797e308, -1.797e308, 4 }, 0.8)]
    [InlineData(new[] { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 }, 0.1)]
    [InlineData(new[] { 1e300, 3, -1e300 }, 1.0)]
    [InlineData(new[] { double.Epsilon, double.Epsilon, double.Epsilon }, double.Epsilon)]
    [InlineData(new[] { 1e-300, 3e-300 }, 2e-300)]
    public void The_mean_is_what_it_is_on_paper(double[] numbers, double mean) =>
        Assert.Equal(mean, Sum(numbers).Mean(numbers.Length, numbers.Min(), numbers.Max()));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Neither_order_nor_grouping_changes_a_digit(int seed)
    {
        Random random = new(seed);
        // Sums are exact in whole thousandths; nothing else is compared with them.
        double scale = new[] { 1, 1e-3, 1e305 }[seed - 1];
        double[] numbers = [.. Enumerable.Range(0, 2_000).Select(_ => random.Next(-1_000_000, 1_000_000) * scale / 1_000)];
        PreciseSum inOrder = Sum(numbers);
        for (int i = 0; i < 20; i++)
        {
            random.Shuffle(numbers);
            PreciseSum grouped = default;
            foreach (double[] group in numbers.Chunk(random.Next(1, 300)))
            {
                PreciseSum part = Sum(group);
                grouped.Add(PreciseSum.FromParts(part.Parts.Sum, part.Parts.Remainder));
            }

            Assert.Equal(Mean(inOrder), Mean(grouped));
        }

        double Mean(PreciseSum sum) => sum.Mean(numbers.Length, numbers.Min(), numbers.Max());
    }

    [Fact]
    public void It_holds_the_digits_of_the_exact_sum()
    {
        Random random = new(11);
        PreciseSum sum = default;
        BigInteger exact = 0;
        for (int i = 0; i < 100_000; i++)
        {
            long number = random.NextInt64(-(1L << 52), 1L << 52);
            sum.Add(number);
            exact += number;
        }

        Assert.Equal(exact, (BigInteger)sum.Parts.Sum + (BigInteger)sum.Parts.Remainder);
    }

    [Fact]
    public void A_sum_that_overflowed_before_it_was_kept_says_no_nonsense()
    {
        Assert.Equal(5, PreciseSum.FromParts(double.NaN, 0).Mean(2, 4, 6));
        Assert.InRange(PreciseSum.FromParts(double.PositiveInfinity, 0).Mean(2, 4, 6), 4, 6);
        PreciseSum sum = PreciseSum.FromParts(double.NegativeInfinity, 0);
        sum.Add(1);
        Assert.InRange(sum.Mean(3, 4, 6), 4, 6);
    }

    private static PreciseSum Sum(IEnumerable<double> numbers)
    {
        PreciseSum sum = default;
        foreach (double number in numbers)
            sum.Add(number);
        return sum;
    }
}
