using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Outputs;
using OmniIoT.Edge.Rules;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Tests;

/// <summary>Local rules, and the outputs that they hold, on simulated lines.</summary>
public sealed class LocalRulesTests : IDisposable
{
    private const string Hot = """{"type":"hot","when":"temperature > 80 for 30s","clear":"temperature < 75","outputs":{"fan":true}}""";

    private static readonly RuleNames Names = new(
        new Dictionary<string, TimeSpan> { ["temperature"] = TimeSpan.FromSeconds(10), ["pressed"] = TimeSpan.FromSeconds(10) },
        new HashSet<string> { "fan", "lamp" }
    );

    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly RecordingLogger _log = new();
    private readonly Board _board;
    private readonly QueueUnderTest _queue;
    private readonly OutputBank _outputs;

    public LocalRulesTests()
    {
        (_board, _queue) = (new Board("/nowhere", _time), new QueueUnderTest(_time, _log));
        _outputs = new OutputBank([Output("fan", 5), Output("lamp", 6)], _board, _queue.Sink, _time, _log);
        _outputs.Start();
    }

    public void Dispose()
    {
        _outputs.Dispose();
        _queue.Dispose();
    }

    [Fact]
    public void An_output_is_switched_while_the_alarm_is_active_and_told_as_a_metric()
    {
        using LocalRules rules = Start(Hot);

        Measure(90, 90, 90);
        Assert.Equal([false], _board.SimulatedGpio[5].Driven);
        Measure(90, 78);
        Assert.Equal([false, true], _board.SimulatedGpio[5].Driven);
        Measure(74, 90);
        Assert.Equal([false, true, false], _board.SimulatedGpio[5].Driven);

        Assert.Equal(
            ["""{"outputs.fan":false}""", """{"outputs.fan":true}""", """{"outputs.fan":false}"""],
            _queue.Values.Where(values => values.Contains("fan", StringComparison.Ordinal))
        );
        Assert.Contains("Warning: Alarm hot of a local rule", _log.Lines);
        Assert.Contains("Information: Alarm hot of a local rule is over", _log.Lines);
    }

    [Fact]
    public void A_rule_holds_its_output_against_commands_and_desired_values_and_then_what_is_wanted_counts()
    {
        using LocalRules rules = Start("""{"type":"hot","when":"temperature > 80","outputs":{"fan":false,"lamp":true}}""");
        _outputs.TrySwitch("fan", true, out _);

        Measure(90);
        Assert.False(_board.SimulatedGpio[5].IsHigh);
        Assert.False(_outputs.TrySwitch("fan", true, out string? failure));
        Assert.Equal("the rule 'hot' holds it", failure);
        Dictionary<string, string> errors = [];
        _outputs.Apply((JsonObject)JsonNode.Parse("""{"outputs":{"lamp":false}}""")!, errors);
        Assert.Empty(errors);
        Assert.True(_board.SimulatedGpio[6].IsHigh);

        Measure(70);
        Assert.True(_board.SimulatedGpio[5].IsHigh);
        Assert.False(_board.SimulatedGpio[6].IsHigh);
    }

    [Fact]
    public void Where_two_rules_contradict_each_other_the_first_counts()
    {
        using LocalRules rules = Start(
            """{"type":"hot","when":"temperature > 80","outputs":{"fan":true}}""",
            """{"type":"open","when":"pressed == true","outputs":{"fan":false}}"""
        );

        _queue.Sink.Add(_time.GetUtcNow(), [("pressed", Measurement.State("pressed", true))]);
        Measure(90);
        Assert.True(_board.SimulatedGpio[5].IsHigh);
        Measure(70);
        Assert.False(_board.SimulatedGpio[5].IsHigh);
    }

    [Fact]
    public void Silence_is_noticed_without_a_reading()
    {
        using LocalRules rules = Start("""{"type":"blind","when":"silent for 5m","outputs":{"lamp":true}}""");
        Measure(20);

        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.False(_board.SimulatedGpio[6].IsHigh);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(_board.SimulatedGpio[6].IsHigh);
        Measure(20);
        Assert.False(_board.SimulatedGpio[6].IsHigh);
    }

    [Fact]
    public void An_output_that_fails_is_tried_again_with_the_next_reading_and_logged_once()
    {
        _outputs.Dispose();
        using OutputBank bank = new([Output("lamp", 7)], _board, _queue.Sink, _time, _log);
        using LocalRules rules = Start(bank, """{"type":"hot","when":"temperature > 80","outputs":{"lamp":true}}""");
        using (System.Device.Gpio.GpioController other = _board.SimulatedGpio.Open())
        {
            other.OpenPin(7);
            Measure(90, 90, 90);
        }
        Measure(90);

        Assert.True(_board.SimulatedGpio[7].IsHigh);
        Assert.Single(_log.Lines, line => line.Contains("cannot be switched", StringComparison.Ordinal));
    }

    [Fact]
    public void Desired_rules_replace_those_of_the_settings_and_what_is_unchanged_goes_on()
    {
        using LocalRules rules = Start(Hot);
        DesiredRules desired = new(rules, Names);
        Measure(90, 90, 90);

        Assert.Empty(Apply(desired, $$"""{"rules":[{{Hot}}, {"type":"cold","when":"temperature < 5","outputs":{"lamp":true} }]}"""));
        Assert.Equal(2, desired.ToReported()!.AsArray().Count);
        Measure(90);
        Assert.True(_board.SimulatedGpio[5].IsHigh);
        Measure(2);
        Assert.True(_board.SimulatedGpio[6].IsHigh);

        Assert.Empty(Apply(desired, "{}"));
        Assert.Single(desired.ToReported()!.AsArray());
        Assert.False(_board.SimulatedGpio[6].IsHigh);
    }

    [Fact]
    public void Wrong_desired_rules_are_told_by_their_place_and_the_last_good_ones_kept()
    {
        using LocalRules rules = Start(Hot);
        DesiredRules desired = new(rules, Names);

        Dictionary<string, string> errors = Apply(
            desired,
            """{"rules":[{"type":"a","when":"temprature > 80","outputs":{"pump":true}},{"type":"a","when":"temperature >","outputs":{"fan":"on"}}]}"""
        );

        Assert.Equal(
            ["rules.0.outputs.pump", "rules.0.when", "rules.1.outputs.fan", "rules.1.type", "rules.1.when"],
            errors.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal("is no output of this agent", errors["rules.0.outputs.pump"]);
        Assert.Single(desired.ToReported()!.AsArray());
        Measure(90, 90, 90, 90);
        Assert.True(_board.SimulatedGpio[5].IsHigh);
    }

    [Fact]
    public void A_rule_cannot_wait_for_what_it_does_itself()
    {
        RuleBook? book = RuleBook.Read(
            JsonNode.Parse("""[{"type":"a","when":"outputs.fan == false","outputs":{"fan":true}}]"""),
            Names,
            out IReadOnlyList<(string[] Place, string Message)> mistakes
        );

        Assert.Null(book);
        Assert.Equal(["0", "when"], Assert.Single(mistakes).Place);
    }

    private LocalRules Start(params string[] rules) => Start(_outputs, rules);

    private LocalRules Start(OutputBank outputs, params string[] rules)
    {
        RuleBook? book = RuleBook.Read(
            JsonNode.Parse($"[{string.Join(',', rules)}]"),
            Names,
            out IReadOnlyList<(string[] Place, string Message)> mistakes
        );
        Assert.Empty(mistakes);
        LocalRules started = new(book!, outputs, _time, _log);
        _queue.Sink.Added += started.Observe;
        return started;
    }

    /// <summary>Every ten seconds one.</summary>
    private void Measure(params double[] temperatures)
    {
        foreach (double temperature in temperatures)
        {
            _queue.Sink.Add(_time.GetUtcNow(), [("temperature", new Measurement("temperature", temperature))]);
            _time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    private static Dictionary<string, string> Apply(DesiredRules desired, string json)
    {
        Dictionary<string, string> errors = [];
        desired.Apply((JsonObject)JsonNode.Parse(json)!, errors);
        return errors;
    }

    private static OutputSpec Output(string id, int line) =>
        new()
        {
            Id = id,
            Type = "relay",
            Line = new LineSpec { Chip = Board.Simulated, Number = line },
        };
}
