using System.Buffers;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Rules;

namespace OmniIoT.Devices.Tests;

public sealed class RuleSemanticsTests
{
    [Theory]
    [InlineData("t > 80", """{"t":80.1}""", true)]
    [InlineData("t > 80", """{"t":80}""", false)]
    [InlineData("t >= 80", """{"t":80}""", true)]
    [InlineData("t < -5", """{"t":-6}""", true)]
    [InlineData("80 < t", """{"t":81}""", true)]
    [InlineData("t == 8e1", """{"t":80}""", true)]
    [InlineData("t != 80", """{"t":80}""", false)]
    [InlineData("t - p * 2 > 10 / 2", """{"t":20,"p":7}""", true)]
    [InlineData("(t - p) * 2 > 26", """{"t":20,"p":7}""", false)]
    [InlineData("-t + -3 == -23", """{"t":20}""", true)]
    [InlineData("t / p > 0", """{"t":20,"p":0}""", false)]
    [InlineData("not t / p > 0", """{"t":20,"p":0}""", false)]
    [InlineData("door == 'open'", """{"door":"open"}""", true)]
    [InlineData("door != 'open'", """{"door":"closed"}""", true)]
    [InlineData("x == true", """{"x":true}""", true)]
    [InlineData("x", """{"x":true}""", true)]
    [InlineData("not x", """{"x":false}""", true)]
    [InlineData("x == 'it''s'", """{"x":"it's"}""", true)]
    [InlineData("x > 5", """{"x":"six"}""", false)]
    [InlineData("not x > 5", """{"x":"six"}""", false)]
    [InlineData("x != 5", """{"x":"six"}""", false)]
    [InlineData("t > 80 or t < 10 and p > 1", """{"t":90,"p":0}""", true)]
    [InlineData("(t > 80 or t < 10) and p > 1", """{"t":90,"p":0}""", false)]
    [InlineData("not t > 80 and p > 1", """{"t":70,"p":2}""", true)]
    [InlineData("not not t > 80", """{"t":90}""", true)]
    [InlineData("(t > 80) == (p > 1)", """{"t":90,"p":2}""", true)]
    [InlineData("true", """{"t":1}""", true)]
    public void Conditions_hold_or_not(string when, string values, bool raised) =>
        Assert.Equal(raised ? "raised@0 since 0" : "", TestDevice.Of(when).Say(0, values));

    [Theory]
    [InlineData("`Inputs/Oil temp.` > 80 and `for` == 1", true)]
    [InlineData("avg(`Inputs/Oil temp.`, 5m) + `it``s` < 80", false)]
    public void A_name_that_is_no_word_stands_between_backticks(string when, bool raised)
    {
        TestDevice device = new(
            $$"""[{"type":"r","severity":"major","when":{{TestDevice.Quoted(when)}}}]""",
            """{"Inputs/Oil temp.":{"unit":"Cel"},"for":{"unit":"1"},"it`s":{"unit":"1"}}"""
        );

        Assert.Equal(raised ? "raised@1 since 1" : "", device.Say(1, """{"Inputs/Oil temp.":81,"for":1,"it`s":0}"""));
    }

    [Theory]
    [InlineData("p > 1")]
    [InlineData("not p > 1")]
    [InlineData("p != 1")]
    [InlineData("p > 1 and t > 0")]
    [InlineData("not (p > 1 and t > 0)")]
    [InlineData("not (p > 1 or t > 100)")]
    [InlineData("p + t > 0")]
    [InlineData("x")]
    [InlineData("not x")]
    [InlineData("(p > 1) == (t > 0)")]
    [InlineData("not p > 1 for 1s")]
    [InlineData("reported.firmware == '1'")]
    [InlineData("not reported.firmware == '1'")]
    public void A_metric_never_reported_is_unknown(string when)
    {
        TestDevice device = TestDevice.Of(when);

        Assert.Equal("", device.Say(0, """{"t":50}"""));
        Assert.Equal("", device.Say(60, """{"t":50}"""));
    }

    [Theory]
    [InlineData("p > 1 or t > 0")]
    [InlineData("not (p > 1 and t > 100)")]
    public void What_is_known_decides_where_it_can(string when) =>
        Assert.Equal("raised@0 since 0", TestDevice.Of(when).Say(0, """{"t":50}"""));

    [Fact]
    public void For_counts_from_the_first_message_at_which_the_condition_held()
    {
        TestDevice device = TestDevice.Of("t > 80 for 30s");

        Assert.Equal("", device.Say(0, """{"t":81}"""));
        Assert.Equal("", device.Say(29.999, """{"t":85}"""));
        Assert.Equal("raised@30 since 0", device.Say(30, """{"t":82}"""));
        Assert.Equal("", device.Say(31, """{"t":82}"""));
        Assert.Equal("cleared@32", device.Say(32, """{"t":80}"""));
    }

    [Fact]
    public void For_starts_again_when_the_condition_was_interrupted()
    {
        TestDevice device = TestDevice.Of("t > 80 for 30s");

        device.Say(0, """{"t":81}""");
        device.Say(20, """{"t":79}""");
        Assert.Equal("", device.Say(30, """{"t":81}"""));
        Assert.Equal("", device.Say(59, """{"t":81}"""));
        Assert.Equal("raised@60 since 30", device.Say(60, """{"t":81}"""));
    }

    [Theory]
    [InlineData(180, "raised@180 since 0")]
    [InlineData(180.001, "")]
    public void A_gap_of_more_than_three_intervals_breaks_for(double second, string expected)
    {
        TestDevice device = TestDevice.Of("t > 80 for 30s");

        device.Say(0, """{"t":81}""");
        Assert.Equal(expected, device.Say(second, """{"t":81}"""));
    }

    [Fact]
    public void For_starts_again_at_the_message_after_the_gap()
    {
        TestDevice device = TestDevice.Of("t > 80 for 30s");

        device.Say(0, """{"t":81}""");
        device.Say(200, """{"t":81}""");
        Assert.Equal("", device.Say(229, """{"t":81}"""));
        Assert.Equal("raised@230 since 200", device.Say(230, """{"t":81}"""));
    }

    [Fact]
    public void The_gap_is_that_of_the_metrics_used_whatever_else_is_reported()
    {
        TestDevice device = TestDevice.Of("t > 80 for 30s");

        device.Say(0, """{"t":81}""");
        for (int second = 10; second < 30; second += 10)
            Assert.Equal("", device.Say(second, """{"p":1}"""));
        TestDevice late = TestDevice.Of("t > 80 for 5m");
        late.Say(0, """{"t":81}""");
        for (int second = 60; second < 600; second += 60)
            Assert.Equal("", late.Say(second, """{"p":1}"""));
        Assert.Equal("", late.Say(600, """{"t":81}"""));
    }

    [Fact]
    public void A_metric_declares_its_own_interval()
    {
        TestDevice device = new(
            """[{"type":"r","severity":"major","when":"t > 80 for 20m"}]""",
            """{"t":{"unit":"Cel","interval":"5m"}}"""
        );

        device.Say(0, """{"t":81}""");
        Assert.Equal("", device.Say(900, """{"t":81}"""));
        Assert.Equal("raised@1800 since 0", device.Say(1800, """{"t":81}"""));
    }

    [Fact]
    public void Clear_has_its_own_condition_and_duration()
    {
        TestDevice device = TestDevice.Of("t > 80", "t < 75 for 60s");

        Assert.Equal("raised@0 since 0", device.Say(0, """{"t":90}"""));
        Assert.Equal("", device.Say(10, """{"t":78}"""));
        Assert.Equal("", device.Say(20, """{"t":74}"""));
        Assert.Equal("", device.Say(79, """{"t":74}"""));
        Assert.Equal("cleared@80", device.Say(80, """{"t":74}"""));
    }

    [Fact]
    public void What_held_before_the_alarm_does_not_count_towards_clearing_it()
    {
        TestDevice device = TestDevice.Of("event('E42')", "t < 75 for 60s");

        for (int second = 0; second <= 120; second += 30)
            device.Say(second, """{"t":20}""");
        Assert.Equal("raised@121 since 121", device.Event(121, "E42"));
        Assert.Equal("", device.Say(130, """{"t":20}"""));
        Assert.Equal("cleared@190", device.Say(190, """{"t":20}"""));
    }

    [Fact]
    public void An_alarm_is_raised_once_however_many_messages_hold()
    {
        TestDevice device = TestDevice.Of("t > 80");

        Assert.Equal("raised@0 since 0", device.Say(0, """{"t":90}"""));
        for (int second = 1; second < 10; second++)
            Assert.Equal("", device.Say(second, """{"t":90}"""));
    }

    [Fact]
    public void What_was_last_heard_long_ago_does_not_hold_until_now()
    {
        TestDevice device = TestDevice.Of("t > 80 for 10m");

        device.Say(7200, """{"p":1}""");

        Assert.Equal("", device.Say(0, """{"t":90}"""));
        Assert.Equal("", device.Say(7260, """{"p":1}"""));
    }

    [Fact]
    public void What_held_long_enough_long_ago_is_found_late_with_the_time_at_which_it_did()
    {
        TestDevice device = TestDevice.Of("t > 80 for 10m");
        device.Say(7200, """{"p":1}""");
        for (int second = 0; second < 600; second += 60)
            Assert.Equal("", device.Say(second, """{"t":90}"""));

        Assert.Equal("raised@600 since 0", device.Say(600, """{"t":90}"""));
    }

    [Fact]
    public void Messages_of_the_same_moment_are_judged_in_their_order()
    {
        TestDevice device = TestDevice.Of("t > 80");

        Assert.Equal("raised@5 since 5", device.Say(5, """{"t":90}"""));
        Assert.Equal("cleared@5", device.Say(5, """{"t":20}"""));
    }

    [Fact]
    public void An_event_is_meant_by_code_or_type_and_cleared_by_hand()
    {
        TestDevice device = TestDevice.Of("event('E42')");

        Assert.Equal("", device.Event(0, "E41"));
        Assert.Equal("raised@1 since 1", device.Event(1, "E42"));
        Assert.Equal("", device.Say(2, """{"t":1}"""));
        Assert.Equal("", device.Event(3, "E41"));
        Assert.True(device.Rules[0].IsClearedByHandOnly);
        Assert.Equal(TestDevice.At(4), device.Rules.ClearByHand(device.State, 0, TestDevice.At(4))!.Value.At);
        Assert.Null(device.Rules.ClearByHand(device.State, 0, TestDevice.At(5)));
        Assert.Equal("raised@6 since 6", device.Event(6, "other", "E42"));
    }

    [Fact]
    public void A_late_event_counts()
    {
        TestDevice device = TestDevice.Of("event('E42')");

        device.Say(10, """{"t":1}""");
        Assert.Equal("raised@9 since 9", device.Event(9, "E42"));
    }

    [Fact]
    public void Silence_is_judged_between_messages_and_ends_with_the_next()
    {
        TestDevice device = TestDevice.Of("silent for 15m");

        Assert.Equal("", device.Say(0, """{"t":1}"""));
        Assert.Equal(TestDevice.At(900), device.Rules.NextSilenceDue(device.State, TestDevice.At(0)));
        Assert.Equal("", device.CheckSilence(0, 899.999));
        Assert.Equal("raised@900 since 0", device.CheckSilence(0, 5000));
        Assert.Null(device.Rules.NextSilenceDue(device.State, TestDevice.At(0)));
        Assert.Equal("", device.CheckSilence(0, 6000));
        Assert.Equal("cleared@7000", device.Say(7000, """{"t":1}"""));
        Assert.Equal(TestDevice.At(7900), device.Rules.NextSilenceDue(device.State, TestDevice.At(7000)));
    }

    [Fact]
    public void A_late_message_ends_silence_too()
    {
        TestDevice device = TestDevice.Of("silent for 15m");

        device.Say(100, """{"t":1}""");
        device.CheckSilence(100, 1000);
        Assert.Equal("cleared@1000", device.Say(50, """{"t":1}"""));
    }

    [Fact]
    public void Silence_joins_other_conditions()
    {
        TestDevice device = TestDevice.Of("silent for 15m and door == 'open'");

        device.Say(0, """{"door":"closed"}""");
        Assert.Equal("", device.CheckSilence(0, 1000));
        Assert.Null(device.Rules.NextSilenceDue(device.State, TestDevice.At(0)));
        device.Say(1001, """{"door":"open"}""");
        Assert.Equal("raised@1901 since 1001", device.CheckSilence(1001, 1901));
    }

    [Fact]
    public void Behind_for_each_alternative_has_its_own_duration()
    {
        TestDevice device = TestDevice.Of("t > 80 for 30s or p > 5 for 10s");

        device.Say(0, """{"t":90,"p":1}""");
        device.Say(15, """{"t":70,"p":6}""");
        Assert.Equal("raised@25 since 15", device.Say(25, """{"t":70,"p":6}"""));
        Assert.Equal("cleared@26", device.Say(26, """{"t":70,"p":5}"""));
    }

    [Fact]
    public void For_means_the_whole_before_it()
    {
        TestDevice device = TestDevice.Of("t > 80 or p > 5 for 30s");

        device.Say(0, """{"t":90,"p":1}""");
        device.Say(15, """{"t":70,"p":6}""");
        Assert.Equal("raised@30 since 0", device.Say(30, """{"t":70,"p":6}"""));
    }

    [Fact]
    public void Reported_properties_are_conditions()
    {
        TestDevice device = TestDevice.Of("reported.network.firmware == '1.2' and reported.count > 2");

        device.Rules.SetReported(device.State, JsonNode.Parse("""{"network":{"firmware":"1.2"},"count":3}""")!.AsObject());
        Assert.Equal("raised@0 since 0", device.Say(0, """{"t":1}"""));
        device.Rules.SetReported(device.State, JsonNode.Parse("""{"network":{"firmware":"1.3"},"count":3}""")!.AsObject());
        Assert.Equal("cleared@1", device.Say(1, """{"t":1}"""));
    }

    [Fact]
    public void A_duration_does_not_start_again_after_a_restart()
    {
        TestDevice device = TestDevice.Of("t > 80 for 2m", "t < 75 for 1m");

        device.Say(0, """{"t":81}""");
        device.Restart();
        device.Say(60, """{"t":81}""");
        device.Restart();
        Assert.Equal("raised@120 since 0", device.Say(120, """{"t":81}"""));
        device.Restart();
        device.Say(130, """{"t":70}""");
        device.Restart();
        Assert.Equal("cleared@190", device.Say(190, """{"t":70}"""));
    }

    [Fact]
    public void A_changed_model_keeps_standing_alarms_and_the_durations_of_unchanged_rules()
    {
        const string Kept = """{"type":"kept","severity":"major","when":"t > 80 for 60s"}""";
        TestDevice device = new("""[{"type":"a","severity":"major","when":"t > 10 for 60s"},""" + Kept + "]");
        device.Say(0, """{"t":50}""");
        device.Say(60, """{"t":81}""");
        ArrayBufferWriter<byte> snapshot = new System.Buffers.ArrayBufferWriter<byte>();
        device.Rules.WriteState(device.State, snapshot);

        DeviceModel changed = TestDevice.Read(
            """{"id":"m","metrics":{"new":{},"t":{"unit":"Cel"}},"rules":[{"type":"fresh","severity":"minor","when":"t > 1"},"""
                + Kept
                + """,{"type":"a","severity":"major","when":"t > 20 for 60s"}]}"""
        );
        RuleState state = changed.RuleSet.ReadState(snapshot.WrittenSpan);

        Assert.True(state.IsActive(2));
        Assert.Equal(TestDevice.At(60), state.RaisedAt(2));
        Assert.False(state.IsActive(0));
        Assert.False(state.IsActive(1));
        MetricTable values = new(changed.Schema);
        List<RuleTransition> output = new();
        values.Set(1, MetricValue.FromNumber(81), TestDevice.At(120));
        changed.RuleSet.Observe(state, new Observation { Values = values, At = TestDevice.At(120) }, output, []);
        Assert.Contains(output, transition => transition.RuleIndex == 1 && transition.FirstSymptomAt == TestDevice.At(60));
    }

    [Fact]
    public void A_transition_carries_the_value_of_the_first_metric()
    {
        TestDevice device = TestDevice.Of("p > 1 and t > 80");
        List<RuleTransition> output = new();

        device.Values.Set(0, MetricValue.FromNumber(90), TestDevice.At(0));
        device.Values.Set(1, MetricValue.FromNumber(2), TestDevice.At(0));
        device.Rules.Observe(device.State, new Observation { Values = device.Values, At = TestDevice.At(0) }, output, []);

        Assert.Equal(2, Assert.Single(output).Value);
        Assert.Equal(new RuleThreshold("p", ">", 1), device.Rules[0].Threshold);
    }

    [Fact]
    public void A_threshold_stands_with_the_metric_on_the_left()
    {
        Assert.Equal(new RuleThreshold("t", ">", 80), TestDevice.Of("80 < t for 30s").Rules[0].Threshold);
        Assert.Null(TestDevice.Of("t + 1 > 80").Rules[0].Threshold);
    }
}
