using OmniIoT.Domain.Places;

namespace OmniIoT.Domain.Tests.Places;

/// <summary>
/// Simulated people whose phones are off by 5 to 30 m on each axis and say so; fixes come every 5 to 60 s, their errors independent or
/// lasting for half a minute, as those of satellites do.
/// </summary>
public sealed class BorderWalkTests
{
    private const double RadiusMeters = 300;
    private const int Walks = 120;
    private const double HalfAnHour = 1800;

    // What a phone tells, beside its error on each axis: the circle that holds the truth in 68 of 100 cases, or less.
    private const double Honest = 1.51;
    private const double Overconfident = 1;

    [Theory]
    [InlineData(5, 0, Overconfident)]
    [InlineData(15, 0, Overconfident)]
    [InlineData(15, 30, Honest)]
    [InlineData(30, 0, Overconfident)]
    [InlineData(30, 0, Honest)]
    [InlineData(30, 30, Honest)]
    [InlineData(60, 0, Overconfident)]
    public void Nobody_who_walks_along_the_border_makes_a_second_visit(double intervalSeconds, double errorSeconds, double told)
    {
        List<string> wrong = [];
        for (int seed = 1; seed <= Walks; seed++)
        {
            VisitWalk walk = Walk(seed, intervalSeconds, errorSeconds, told, at => RadiusMeters + (3 * Math.Sin(at / 40)));
            if (walk.Happened.Count(happened => happened.StartsWith("entered", StringComparison.Ordinal)) > 1)
                wrong.Add($"{seed}: {string.Join(", ", walk.Happened)}");
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData(5, 0, Honest)]
    [InlineData(30, 30, Honest)]
    [InlineData(60, 0, Overconfident)]
    public void Everybody_who_walks_away_and_comes_back_makes_two(double intervalSeconds, double errorSeconds, double told)
    {
        List<string> wrong = [];
        for (int seed = 1; seed <= Walks; seed++)
        {
            // Ten minutes in the middle, ten a street away, ten in the middle, at 1.5 m/s between.
            VisitWalk walk = Walk(
                seed,
                intervalSeconds,
                errorSeconds,
                told,
                at => Math.Clamp(1.5 * (Math.Min(at, HalfAnHour - at) - 500), 0, RadiusMeters + 200)
            );
            string[] words = [.. walk.Happened.Select(happened => happened.Split(' ')[0])];
            if (!words.SequenceEqual(["entered", "exited", "entered"]))
                wrong.Add($"{seed}: {string.Join(", ", walk.Happened)}");
        }

        Assert.Empty(wrong);
    }

    private static VisitWalk Walk(int seed, double intervalSeconds, double errorSeconds, double told, Func<double, double> metersFromCenter)
    {
#pragma warning disable RS0030 // A seeded generator is what makes a failure repeatable.
        Random random = new(seed);
#pragma warning restore RS0030
        VisitWalk walk = new(new Fence("park", "site", "Park", new Circle(new Position(40.4, 49.8), RadiusMeters)));
        double noise = 5 + (25 * random.NextDouble());
        double kept = errorSeconds == 0 ? 0 : Math.Exp(-intervalSeconds / errorSeconds);
        double error = Normal(random);
        for (double at = 0; at <= HalfAnHour; at += intervalSeconds)
        {
            error = (kept * error) + (Math.Sqrt(1 - (kept * kept)) * Normal(random));
            walk.FollowTimers(at);
            walk.Fix(at, metersFromCenter(at) + (noise * error), told * noise);
        }

        return walk;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
