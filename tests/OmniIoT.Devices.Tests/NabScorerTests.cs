using OmniIoT.Benchmarks.Anomalies;

namespace OmniIoT.Devices.Tests;

/// <summary>The benchmark's published scoring, by figures worked out by hand: σ(y) = 2 / (1 + e^5y) − 1.</summary>
public sealed class NabScorerTests
{
    private static readonly NabProfile Standard = NabProfile.All[0];

    [Theory]
    [InlineData(-1, 0.98661)]
    [InlineData(-0.5, 0.84828)]
    [InlineData(0, 0)]
    [InlineData(1, -0.98661)]
    [InlineData(3.5, -1)]
    public void The_weight_falls_from_one_to_minus_one(double position, double weight) =>
        Assert.Equal(weight, NabScorer.Sigmoid(position), 5);

    [Theory]
    [InlineData(100, 1)]
    [InlineData(105, 0.85979)]
    [InlineData(109, 0.24824)]
    public void A_flag_earns_the_more_the_earlier_it_is(int reading, double earned) =>
        Assert.Equal(earned, NabScorer.Earned(reading, (100, 109), Standard), 5);

    [Theory]
    [InlineData(50, -0.11)]
    [InlineData(118, -0.10853)]
    [InlineData(200, -0.11)]
    public void A_flag_outside_costs_the_more_the_farther_behind_it_is(int reading, double lost) =>
        Assert.Equal(lost, NabScorer.Lost(reading, [(100, 109)], Standard), 5);

    [Fact]
    public void Nothing_flagged_is_0_and_the_first_readings_of_all_windows_100()
    {
        double[] scores = new double[200];

        Assert.Equal(0, NabScorer.Best([new(scores, [(100, 109)])], Standard).Value);
        scores[100] = 0.7;
        Assert.Equal(new NabScore(0.7, 100), NabScorer.Best([new(scores, [(100, 109)])], Standard));
    }

    /// <summary>
    /// Of two windows one is found at its first reading, beside a false flag: 1 − 1 − 0.11, from −2 (nothing) to 2 (all).
    /// </summary>
    [Theory]
    [InlineData(0, 47.25)]
    [InlineData(1, 44.5)]
    [InlineData(2, 48.16667)]
    public void A_missed_window_and_a_false_flag_cost_as_the_profile_says(int profile, double value)
    {
        double[] scores = new double[200];
        (scores[60], scores[100]) = (0.9, 0.8);

        Assert.Equal(value, NabScorer.Best([new(scores, [(100, 109), (150, 159)])], NabProfile.All[profile]).Value, 5);
    }

    [Fact]
    public void One_threshold_holds_for_all_series_and_ties_stand_or_fall_together()
    {
        double[] first = new double[200];
        double[] second = new double[200];
        first[100] = second[50] = 0.9;

        Assert.Equal(47.25, NabScorer.Best([new(first, [(100, 109)]), new(second, [(150, 159)])], Standard).Value, 5);
    }

    [Theory]
    [InlineData(1000, 150)]
    [InlineData(22_695, 750)]
    public void A_detector_may_learn_first(int readings, int probation) => Assert.Equal(probation, NabScorer.Probation(readings));
}
