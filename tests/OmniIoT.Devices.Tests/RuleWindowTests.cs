using System.Buffers;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Rules;

namespace OmniIoT.Devices.Tests;

public sealed class RuleWindowTests
{
    [Theory]
    [InlineData("avg(t, 80s) == 5")]
    [InlineData("min(t, 80s) == 2")]
    [InlineData("max(t, 80s) == 9")]
    [InlineData("sum(t, 80s) == 40")]
    [InlineData("count(t, 80s) == 8")]
    [InlineData("stddev(t, 80s) == 2")]
    [InlineData("delta(t, 80s) == 7")]
    [InlineData("rate(t, 80s) == 0.1")]
    [InlineData("(t - avg(t, 80s)) / stddev(t, 80s) == 2")]
    public void Each_function_sums_up_the_readings_of_its_window(string when)
    {
        TestDevice device = TestDevice.Of(when + " and t == 9");
        double[] readings = [2, 4, 4, 4, 5, 5, 7];
        for (int i = 0; i < readings.Length; i++)
            device.Say(i * 10, $"{{\"t\":{readings[i]}}}");

        Assert.Equal("raised@70 since 70", device.Say(70, """{"t":9}"""));
    }

    [Theory]
    [InlineData(60, "")]
    [InlineData(59.999, "raised@59 since 59")]
    public void A_window_of_d_ends_before_what_is_d_old(double second, string expected)
    {
        TestDevice device = TestDevice.Of("count(t, 1m) == 2");
        device.Say(0, """{"t":1}""");

        Assert.Equal(expected, device.Say(second, """{"t":1}"""));
    }

    [Theory]
    [InlineData("avg(t, 5m) > 0")]
    [InlineData("not avg(t, 5m) > 0")]
    [InlineData("count(t, 5m) == 0")]
    [InlineData("not count(t, 5m) > 0")]
    [InlineData("sum(t, 5m) < 1")]
    [InlineData("rate(p, 5m) >= 0")]
    [InlineData("not rate(p, 5m) >= 0")]
    public void Of_a_metric_never_reported_every_function_is_unknown_and_one_reading_has_no_rate(string when) =>
        Assert.Equal("", TestDevice.Of(when).Say(0, """{"p":50}"""));

    [Theory]
    [InlineData("count(t, 1m) == 0", true)]
    [InlineData("sum(t, 1m) == 0", true)]
    [InlineData("avg(t, 1m) < 100", false)]
    [InlineData("not avg(t, 1m) < 100", false)]
    [InlineData("delta(t, 1m) == 0", false)]
    public void An_empty_window_counts_nothing_and_has_no_average(string when, bool raised)
    {
        TestDevice device = TestDevice.Of(when + " and p > 0");
        device.Say(0, """{"t":50}""");

        Assert.Equal(raised ? "raised@90 since 90" : "", device.Say(90, """{"p":50}"""));
    }

    [Fact]
    public void The_negation_clears_as_the_window_moves_on()
    {
        TestDevice device = TestDevice.Of("avg(t, 1m) > 80");

        device.Say(0, """{"t":70}""");
        Assert.Equal("", device.Say(20, """{"t":90}"""));
        Assert.Equal("raised@40 since 40", device.Say(40, """{"t":90}"""));
        Assert.Equal("", device.Say(60, """{"t":75}"""));
        Assert.Equal("cleared@80", device.Say(80, """{"t":70}"""));
    }

    [Fact]
    public void A_late_reading_counts_where_it_was_measured()
    {
        TestDevice device = TestDevice.Of("avg(t, 1m) > 80");

        device.Say(0, """{"t":70}""");
        device.Say(100, """{"t":79}""");
        Assert.Equal("", device.Say(30, """{"t":200}"""));
        Assert.Equal("raised@100 since 100", device.Say(60, """{"t":200}"""));
        Assert.Equal("", device.Say(101, """{"t":79}"""));
        Assert.Equal("cleared@121", device.Say(121, """{"t":79}"""));
    }

    [Fact]
    public void A_reading_that_is_sent_again_counts_once_and_a_corrected_one_as_corrected()
    {
        TestDevice device = TestDevice.Of("count(t, 1m) > 2 or max(t, 1m) > 80");

        device.Say(0, """{"t":1}""");
        device.Say(10, """{"t":2}""");
        Assert.Equal("", device.Say(0, """{"t":1}"""));
        Assert.Equal("", device.Say(10, """{"t":2}"""));
        Assert.Equal("raised@10 since 10", device.Say(10, """{"t":81}"""));
    }

    [Fact]
    public void Texts_can_be_counted()
    {
        TestDevice device = TestDevice.Of("count(door, 1m) >= 3");

        device.Say(0, """{"door":"open"}""");
        device.Say(10, """{"door":"closed"}""");
        Assert.Equal("raised@20 since 20", device.Say(20, """{"door":"open"}"""));
    }

    [Fact]
    public void Events_are_counted_by_code_or_type_and_the_alarm_clears_when_they_are_over()
    {
        TestDevice device = TestDevice.Of("count(event('E42'), 1h) >= 3");

        Assert.Equal("", device.Event(0, "E42"));
        Assert.Equal("", device.Event(10, "other", "E42"));
        Assert.Equal("", device.Event(20, "E41"));
        Assert.Equal("raised@30 since 30", device.Event(30, "E42"));
        Assert.Equal("", device.Event(40, "E42"));
        Assert.False(device.Rules[0].IsClearedByHandOnly);
        Assert.Equal("", device.Say(3609, """{"t":1}"""));
        Assert.Equal("cleared@3610", device.Say(3610, """{"t":1}"""));
    }

    [Fact]
    public void An_event_that_is_sent_again_counts_once_unless_it_never_said_when_it_was()
    {
        TestDevice device = TestDevice.Of("count(event('E42'), 1h) >= 3");

        device.Event(0, "E42");
        device.Event(0, "E42");
        Assert.Equal("", device.Event(1, "E42"));
        Assert.Equal("raised@1 since 1", device.Event(1, "E42", isTimed: false));
    }

    [Fact]
    public void A_late_event_is_counted()
    {
        TestDevice device = TestDevice.Of("count(event('E42'), 1h) >= 2");

        device.Event(3000, "E42");
        Assert.Equal("raised@3000 since 3000", device.Event(10, "E42"));
        Assert.Equal("cleared@3610", device.Say(3610, """{"t":1}"""));
    }

    [Fact]
    public void A_window_can_be_demanded_for_a_while_and_its_gaps_break_it()
    {
        TestDevice device = TestDevice.Of("avg(t, 1m) > 80 for 2m");

        device.Say(0, """{"t":90}""");
        device.Say(60, """{"t":90}""");
        Assert.Equal("raised@120 since 0", device.Say(120, """{"t":90}"""));
        TestDevice broken = TestDevice.Of("avg(t, 1m) > 80 for 2m");
        broken.Say(0, """{"t":90}""");
        Assert.Equal("", broken.Say(181, """{"t":90}"""));
    }

    [Fact]
    public void What_is_said_without_a_time_looks_at_the_window_where_device_time_stands()
    {
        TestDevice device = TestDevice.Of("count(t, 1m) >= 2");
        device.Say(0, """{"t":1}""");
        device.Say(10, """{"t":1}""");
        List<RuleTransition> output = new();

        device.Rules.Observe(
            device.State,
            new Observation
            {
                Values = device.Values,
                At = TestDevice.At(5000),
                MovesTime = false,
            },
            output,
            []
        );

        Assert.Empty(output);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_window_of_any_rate_stays_small_and_all_but_its_far_edge_is_exact(int secondsApart)
    {
        const int Day = 86_400;
        int inside = (Day + secondsApart - 1) / secondsApart;
        TestDevice device = TestDevice.Of(
            $"count(t, 1d) >= {inside} and count(t, 1d) < {inside + (inside / 70)} and min(t, 1d) == 0 and max(t, 1d) == 99"
        );
        for (int at = 0; at < 3 * Day; at += secondsApart)
        {
            device.Rules.TakeReading(device.State, 0, MetricValue.FromNumber(at % 100), TestDevice.At(at), replaces: true);
        }

        Assert.StartsWith("raised@", device.Say(3 * Day, """{"t":50}"""), StringComparison.Ordinal);
        ArrayBufferWriter<byte> snapshot = new System.Buffers.ArrayBufferWriter<byte>();
        device.Rules.WriteState(device.State, snapshot);
        Assert.InRange(snapshot.WrittenCount, 1, 100 + (2 * 600));
    }

    [Theory]
    [InlineData("avg(t, 1h) == 1.797e308", "1.797e308", "1.797e308")]
    [InlineData("avg(t, 1h) == 0.1 and sum(t, 1h) == 1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1")]
    [InlineData("stddev(t, 1h) == 1.797e308", "1.797e308", "-1.797e308")]
    [InlineData("stddev(t, 1h) == 1e200 and avg(t, 1h) == 0", "1e200", "-1e200")]
    [InlineData("stddev(t, 1h) > 0.99e-200 and stddev(t, 1h) < 1.01e-200", "1e-200", "3e-200")]
    [InlineData("stddev(t, 1h) == 0", "0.1", "0.1", "0.1")]
    [InlineData("avg(t, 1h) == 1e300 / 3", "1e300", "-1e300", "1e300")]
    public void Means_and_deviations_are_sound_however_large_the_numbers(string when, params string[] readings)
    {
        TestDevice device = TestDevice.Of($"{when} and count(t, 1h) == {readings.Length}");
        for (int i = 0; i < readings.Length - 1; i++)
            Assert.Equal("", device.Say(i, $"{{\"t\":{readings[i]}}}"));

        Assert.StartsWith("raised", device.Say(readings.Length, $"{{\"t\":{readings[^1]}}}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.1")]
    [InlineData("1.797e308")]
    public void Equal_readings_that_are_merged_and_stored_have_their_mean_and_no_deviation(string reading)
    {
        TestDevice device = TestDevice.Of($"avg(t, 1d) == {reading} and stddev(t, 1d) == 0 and count(t, 1d) == 10001");
        MetricValue value = MetricValue.FromNumber(double.Parse(reading, System.Globalization.CultureInfo.InvariantCulture));
        for (int at = 0; at < 10_000; at++)
        {
            device.Rules.TakeReading(device.State, 0, value, TestDevice.At(at), replaces: true);
            if (at % 3_000 == 2_999)
                device.Restart();
        }

        Assert.StartsWith("raised", device.Say(10_000, $"{{\"t\":{reading}}}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Readings_that_are_merged_have_the_deviation_that_they_have_one_by_one()
    {
        TestDevice device = TestDevice.Of("stddev(t, 1d) > 0.99999999e300 and stddev(t, 1d) < 1.00000001e300 and count(t, 1d) == 10000");
        for (int at = 0; at < 9_999; at++)
        {
            MetricValue value = MetricValue.FromNumber(at % 2 == 0 ? 1e300 : -1e300);
            device.Rules.TakeReading(device.State, 0, value, TestDevice.At(at), replaces: true);
        }
        device.Restart();

        Assert.StartsWith("raised", device.Say(9_999, """{"t":-1e300}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delta(n, 10m) == 110")]
    [InlineData("rate(n, 10m) == 110 / 30")]
    public void A_counter_that_begins_anew_takes_nothing_back(string when)
    {
        TestDevice device = new(Rule(when + " and n == 60"), Counter);
        double[] readings = [400, 450, 0];
        for (int i = 0; i < readings.Length; i++)
            device.Say(i * 10, $"{{\"n\":{readings[i]}}}");
        device.Restart();

        Assert.Equal("raised@30 since 30", device.Say(30, """{"n":60}"""));
    }

    [Fact]
    public void A_counter_never_runs_backwards_however_its_readings_come_and_are_merged()
    {
        TestDevice device = new(Rule("delta(n, 1d) < 0 or rate(n, 1d) < 0 or delta(n, 1d) > 20000"), Counter);
        Random random = new(5);
        for (int at = 0; at < 20_000; at++)
        {
            // It counts to a thousand and begins anew; some readings come late or again, some between merged ones.
            Take(at);
            if (random.Next(5) == 0)
                Take(random.Next(at + 1));
            if (at % 4_000 == 3_999)
                device.Restart();
            if (at % 100 == 99)
                Assert.Equal("", device.Say(at, $"{{\"n\":{at % 1000}}}"));
        }

        void Take(int at) =>
            device.Rules.TakeReading(device.State, 0, MetricValue.FromNumber(at % 1000), TestDevice.At(at), replaces: true);
    }

    [Fact]
    public void A_counter_adds_up_exactly_over_readings_that_are_merged()
    {
        TestDevice device = new(Rule("delta(n, 1d) == 19980"), Counter);
        for (int at = 0; at < 20_000; at++)
        {
            device.Rules.TakeReading(device.State, 0, MetricValue.FromNumber(at % 1000), TestDevice.At(at), replaces: true);
            if (at % 3_000 == 2_999)
                device.Restart();
        }

        Assert.Equal("raised@20000 since 20000", device.Say(20_000, """{"n":0}"""));
    }

    private const string Counter = """{"n":{"kind":"counter"}}""";

    private static string Rule(string when) => $$"""[{"type":"r","severity":"major","when":{{TestDevice.Quoted(when)}}}]""";
}
