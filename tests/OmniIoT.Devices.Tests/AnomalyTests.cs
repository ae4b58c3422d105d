using System.Buffers;
using System.Globalization;
using OmniIoT.Devices.Anomalies;

namespace OmniIoT.Devices.Tests;

public sealed class AnomalyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(0.3)]
    public void A_fifty_fold_value_after_600_quiet_readings_is_an_anomaly(double noise)
    {
        TestDevice device = TestDevice.Of("anomaly(t) > 0.99");
        Random random = new(1);

        for (int reading = 0; reading < 600; reading++)
            Assert.Equal("", Say(device, reading, 2 + noise * (random.NextDouble() - 0.5)));
        Assert.Equal("raised@600 since 600", Say(device, 600, 100));
    }

    [Fact]
    public void A_fault_that_lasts_stays_an_anomaly_through_restarts()
    {
        TestDevice device = TestDevice.Of("anomaly(t) > 0.99 for 10m");
        Random random = new(2);

        for (int reading = 0; reading < 600; reading++)
            Say(device, reading, 2 + random.NextDouble());
        for (int reading = 600; reading < 1200; reading++)
        {
            if (reading % 100 == 0)
                device.Restart();
            Assert.Equal("", Say(device, reading, 30 + random.NextDouble()));
        }
        Assert.Equal("raised@1200 since 600", Say(device, 1200, 30));
        Assert.Equal("cleared@1201", Say(device, 1201, 2.5));
    }

    [Fact]
    public void Nothing_is_unusual_before_enough_is_known()
    {
        TestDevice device = TestDevice.Of("anomaly(t) > 0.5 or anomaly(t) <= 0.5");

        for (int reading = 0; reading < 60; reading++)
            Assert.Equal("", Say(device, reading, reading * reading));
        Assert.Equal("raised@60 since 60", Say(device, 60, 1));
    }

    [Theory]
    [InlineData(1e200)]
    [InlineData(1.797e308)]
    public void The_largest_numbers_do_not_end_what_is_known(double large)
    {
        TestDevice device = TestDevice.Of("anomaly(t) >= 0 and anomaly(t) <= 1 and t == 7");

        for (int reading = 0; reading < 100; reading++)
            Say(
                device,
                reading,
                reading < 80 ? 2
                    : reading % 2 == 0 ? large
                    : -large
            );
        device.Restart();

        Assert.Equal("raised@100 since 100", Say(device, 100, 7));
    }

    [Fact]
    public void Only_the_onset_exceeds_the_sharpest_level_and_what_lasts_stays_above_099()
    {
        AnomalyDetector detector = Taught(out Random random);

        double onset = detector.Score(30, TestDevice.At(600));
        double[] lasting =
        [
            .. Enumerable.Range(601, 300).Select(second => detector.Score(30 + random.NextDouble(), TestDevice.At(second))),
        ];

        Assert.InRange(onset, 0.999, 1);
        Assert.All(lasting, score => Assert.InRange(score, 0.9901, 0.9989));
        Assert.InRange(detector.Score(2.5, TestDevice.At(901)), 0, 0.99);
    }

    [Fact]
    public void More_surprising_is_higher_without_ties()
    {
        double[] scores = [.. new double[] { 30, 300, 3e4, 3e8, 3e16 }.Select(value => Taught(out _).Score(value, TestDevice.At(600)))];

        Assert.Equal(scores.Distinct().Order(), scores);
        Assert.All(scores, score => Assert.InRange(score, 0.999, 1));
    }

    [Theory]
    [InlineData(1e15)]
    [InlineData(-1.797e308)]
    public void One_extreme_hides_nothing_that_comes_after_it(double extreme)
    {
        AnomalyDetector detector = Taught(out Random random);

        detector.Score(extreme, TestDevice.At(600));
        for (int second = 601; second < 1600; second++)
            Assert.InRange(detector.Score(2 + random.NextDouble(), TestDevice.At(second)), 0, 0.9999);

        Assert.InRange(detector.Score(extreme, TestDevice.At(1600)), 0.99, 1);
        Assert.InRange(detector.High, 2, 10);
    }

    [Fact]
    public void A_line_that_is_flat_is_told_as_one()
    {
        AnomalyDetector detector = Taught(out _);

        Assert.Contains(
            Enumerable.Range(600, 40),
            second => detector.Score(2.25, TestDevice.At(second)) > 0.99 && detector.Reason == AnomalyReason.FlatLine
        );
    }

    [Fact]
    public void A_step_says_how_far_it_was_and_then_how_far_from_before()
    {
        AnomalyDetector detector = Taught(out _);
        double before = detector.Low + ((detector.High - detector.Low) / 2);

        detector.Score(30, TestDevice.At(600));
        double onset = detector.Amount;
        detector.Score(31, TestDevice.At(601));

        Assert.InRange(onset, 26, 29);
        Assert.InRange(detector.Amount, 30 - before, 32 - before);
    }

    [Fact]
    public void What_drops_is_told_below_zero()
    {
        AnomalyDetector detector = Taught(out _);

        detector.Score(-30, TestDevice.At(600));

        Assert.InRange(detector.Amount, -34, -31);
    }

    /// <summary>A wave, on which the noise becomes ten times or a twentieth of what it was.</summary>
    [Theory]
    [InlineData(AnomalyReason.MoreNoise, 0.1, 1, 1.5, 10)]
    [InlineData(AnomalyReason.LessNoise, 0.4, 0.02, 0.03, 0.6)]
    public void Noise_is_told_by_how_many_times_it_is_what_it_was(
        AnomalyReason reason,
        double before,
        double after,
        double least,
        double most
    )
    {
        AnomalyDetector detector = new();
        Random random = new(4);
        List<double> told = [];

        for (int second = 0; second < 2_100; second++)
        {
            double noise = (second < 2_000 ? before : after) * (random.NextDouble() - 0.5);
            detector.Score(Math.Sin(second * Math.Tau / 400) + noise, TestDevice.At(second));
            if (second >= 2_000 && detector.Reason == reason)
                told.Add(detector.Amount);
        }

        Assert.NotEmpty(told);
        Assert.All(told, amount => Assert.InRange(amount, least, most));
    }

    [Fact]
    public void A_flat_line_is_told_by_all_its_readings()
    {
        AnomalyDetector detector = Taught(out _);

        for (int second = 600; second < 700; second++)
            detector.Score(2.5, TestDevice.At(second));

        Assert.Equal((AnomalyReason.FlatLine, 100), (detector.Reason, detector.Amount));
    }

    [Fact]
    public void Where_nothing_is_unusual_there_is_no_amount()
    {
        AnomalyDetector detector = Taught(out _);

        Assert.Equal((AnomalyReason.None, double.NaN), (detector.Reason, detector.Amount));
    }

    [Fact]
    public void Restarts_change_no_score_and_a_series_takes_at_most_4_KiB()
    {
        TestDevice steady = TestDevice.Of("anomaly(t) > 0.99");
        TestDevice restarted = TestDevice.Of("anomaly(t) > 0.99");
        Random random = new(5);
        byte[]? older = null;
        for (int reading = 0; reading < 900; reading++)
        {
            double value = random.NextDouble() + (reading % 211 == 210 ? 5 : 0);
            Assert.Equal(Say(steady, reading * 60, value), Say(restarted, reading * 60, value));
            older = restarted.Rules.TakeOlder(restarted.State) ?? older;
            if (reading % 7 != 0)
                continue;
            ArrayBufferWriter<byte> recent = new();
            restarted.Rules.WriteRecentState(restarted.State, recent);
            restarted.Restore(recent.WrittenSpan);
            restarted.Rules.ReadOlder(restarted.State, older);
            Assert.InRange(recent.WrittenCount, 1, 400);
        }

        Assert.Equal(steady.State.Anomalies[0].Score, restarted.State.Anomalies[0].Score);
        Assert.InRange(older!.Length, 1000, 4096);
    }

    [Fact]
    public void What_is_usual_begins_anew_where_its_older_part_is_lost()
    {
        TestDevice device = TestDevice.Of("anomaly(t) > 0.99");
        for (int reading = 0; reading < 100; reading++)
            Say(device, reading, reading % 3);
        device.Rules.TakeOlder(device.State);
        ArrayBufferWriter<byte> recent = new();
        device.Rules.WriteRecentState(device.State, recent);

        device.Restore(recent.WrittenSpan);
        Assert.True(device.State.LacksOlder);
        device.Rules.ReadOlder(device.State, null);

        Assert.False(device.State.LacksOlder);
        Assert.Equal("", Say(device, 100, 1e6));
    }

    /// <summary>A reading a second, noise about 2.5, for ten minutes.</summary>
    private static AnomalyDetector Taught(out Random random)
    {
        AnomalyDetector detector = new();
        random = new Random(3);
        for (int second = 0; second < 600; second++)
            detector.Score(2 + random.NextDouble(), TestDevice.At(second));
        return detector;
    }

    private static string Say(TestDevice device, int second, double value) =>
        device.Say(second, string.Create(CultureInfo.InvariantCulture, $"{{\"t\":{value}}}"));
}
