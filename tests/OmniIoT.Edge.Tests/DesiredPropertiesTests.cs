using System.Device.Gpio;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Outputs;
using OmniIoT.Edge.Rules;
using OmniIoT.Edge.Settings;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Tests;

/// <summary>What the twin desires of sampling and outputs, and what is reported of it.</summary>
public sealed class DesiredPropertiesTests : IDisposable
{
    private static readonly RuleNames Names = new(
        new Dictionary<string, TimeSpan> { ["t"] = TimeSpan.FromSeconds(10) },
        new HashSet<string> { "fan", "lamp" }
    );

    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly RecordingLogger _log = new();
    private readonly Board _board;
    private readonly QueueUnderTest _queue;
    private readonly OutputBank _outputs;
    private readonly LiveSettings _settings = new([
        new SensorSpec { Id = "s1", Type = "simulated" },
        new SensorSpec { Id = "s2", Type = "simulated" },
    ]);
    private readonly LocalRules _rules;
    private readonly DesiredProperties _properties;

    public DesiredPropertiesTests()
    {
        (_board, _queue) = (new Board("/nowhere", _time), new QueueUnderTest(_time, _log));
        _outputs = new OutputBank([Output("fan", 5), Output("lamp", 6)], _board, _queue.Sink, _time, _log);
        _rules = new LocalRules(RuleBook.None(Names), _outputs, _time, _log);
        _properties = new DesiredProperties(_settings, _outputs, new DesiredRules(_rules, Names));
        _outputs.Start();
    }

    public void Dispose()
    {
        _rules.Dispose();
        _outputs.Dispose();
        _queue.Dispose();
    }

    [Fact]
    public void What_is_desired_is_applied_and_reported()
    {
        string reported = Apply("""{"sampling":{"s1":{"every":"200ms"}},"outputs":{"fan":true}}""");

        Assert.Equal("""{"sampling":{"s1":{"every":"200ms"},"s2":{"every":"10s"}},"outputs":{"fan":true,"lamp":false}}""", reported);
        Assert.Equal(TimeSpan.FromMilliseconds(200), _settings.Every("s1"));
        Assert.True(_board.SimulatedGpio[5].IsHigh);
        Assert.False(_board.SimulatedGpio[6].IsHigh);
    }

    [Fact]
    public void What_is_no_longer_desired_of_sampling_is_as_the_settings_say()
    {
        Apply("""{"sampling":{"s1":{"every":"200ms"}}}""");
        Apply("{}");

        Assert.Equal(TimeSpan.FromSeconds(10), _settings.Every("s1"));
    }

    [Fact]
    public void A_wrong_one_is_told_under_errors_and_the_last_good_one_kept_until_it_is_mended()
    {
        Apply("""{"sampling":{"s1":{"every":"2s"}},"outputs":{"fan":true}}""");

        JsonNode wrong = JsonNode.Parse(Apply("""{"sampling":{"s1":{"every":"soon"},"s9":{}},"outputs":{"fan":"yes","pump":true}}"""))!;
        Assert.Equal(
            """{"outputs.fan":"'yes' is not true or false","outputs.pump":"is no output of this agent","sampling.s1.every":"'soon' is not a number and one of ms, s, m, h, d, as 30s, 10ms to 86400s","sampling.s9":"is no sensor of this agent"}""",
            wrong["errors"]!.ToJsonString(Readable)
        );
        Assert.Equal(TimeSpan.FromSeconds(2), _settings.Every("s1"));
        Assert.True(_board.SimulatedGpio[5].IsHigh);

        JsonObject mended = JsonNode.Parse(Apply("""{"sampling":{"s1":{"every":"soon"}}}"""))!["errors"]!.AsObject();
        Assert.Equal(
            ["outputs.fan", "outputs.pump", "sampling.s9"],
            mended.Where(error => error.Value is null).Select(error => error.Key).Order()
        );
        Assert.NotNull(mended["sampling.s1.every"]);
    }

    [Theory]
    [InlineData(
        """{"samplingIntervalSeconds":-5}""",
        "samplingIntervalSeconds",
        "is no property of this agent; there are sampling, outputs, rules"
    )]
    [InlineData("""{"rules":[{"type":"hot"}]}""", "rules.0", "'when' is missing")]
    [InlineData("""{"sampling":{"s1":{"evry":"1s"}}}""", "sampling.s1.evry", "is no setting of a sensor; there is every")]
    [InlineData("""{"sampling":{"s1":{"every":"-5s"}}}""", "sampling.s1.every", "'-5s' is not a number and one of")]
    [InlineData("""{"sampling":{"s1":{"every":"0s"}}}""", "sampling.s1.every", "'0s' is not a number and one of")]
    [InlineData("""{"sampling":{"s1":{"every":"9ms"}}}""", "sampling.s1.every", "'9ms' is not a number and one of")]
    [InlineData("""{"sampling":{"s1":{"every":"NaNs"}}}""", "sampling.s1.every", "'NaNs' is not a number and one of")]
    [InlineData("""{"sampling":{"s1":{"every":"1e308d"}}}""", "sampling.s1.every", "'1e308d' is not a number and one of")]
    [InlineData(
        """{"sampling":{"s1":{"every":999999999999999999999}}}""",
        "sampling.s1.every",
        "'999999999999999999999' is not a number and one of"
    )]
    [InlineData("""{"sampling":{"s1":{"every":["1s"]}}}""", "sampling.s1.every", "is not a number and one of")]
    [InlineData("""{"outputs":{"fan":"on"}}""", "outputs.fan", "'on' is not true or false")]
    [InlineData("""{"outputs":{"":true}}""", "outputs.", "is no output of this agent")]
    public void A_wrong_property_is_never_acknowledged(string desired, string place, string error)
    {
        Apply("""{"sampling":{"s1":{"every":"2s"}}}""");

        JsonNode reported = JsonNode.Parse(Apply(desired))!;

        Assert.Contains(
            error,
            (string?)Assert.Single(reported["errors"]!.AsObject(), one => one.Key == place).Value,
            StringComparison.Ordinal
        );
        Assert.Null(reported["samplingIntervalSeconds"] ?? reported["rules"]);
    }

    [Fact]
    public void What_was_taken_holds_after_a_restart_without_a_link()
    {
        string directory = Directory.CreateTempSubdirectory("omniiot-desired-").FullName;
        try
        {
            DesiredProperties before = Kept(directory);
            before.Apply(Json("""{"sampling":{"s1":{"every":"2s"},"s2":{"every":"3s"}},"outputs":{"fan":true}}"""));
            before.Apply(
                Json(
                    """{"sampling":{"s1":{"every":"soon"},"s2":{"every":"4s"}},"outputs":{"fan":true,"lamp":"yes"},"rules":[{"type":"hot","when":"t > 80","outputs":{"lamp":true}}]}"""
                )
            );
            _settings.Apply([], new Dictionary<string, string>());
            _outputs.TrySwitch("fan", false, out _);
            using OutputBank bank = new([Output("fan", 7), Output("lamp", 8)], _board, _queue.Sink, _time, _log);
            using LocalRules rules = new(RuleBook.None(Names), bank, _time, _log);
            bank.Start();
            DesiredProperties after = Kept(directory, bank, rules);

            after.Restore();

            Assert.Equal(TimeSpan.FromSeconds(2), _settings.Every("s1"));
            Assert.Equal(TimeSpan.FromSeconds(4), _settings.Every("s2"));
            Assert.True(_board.SimulatedGpio[7].IsHigh);
            Assert.False(_board.SimulatedGpio[8].IsHigh);
            Assert.Equal("hot", (string?)rules.Book.Source[0]!["type"]);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"sampling\":{\"s1\":{\"ev")]
    [InlineData("[]")]
    [InlineData("""{"sampling":7,"outputs":{"fan":"maybe"}}""")]
    public void A_damaged_file_of_what_was_taken_changes_nothing_and_is_written_anew(string content)
    {
        string directory = Directory.CreateTempSubdirectory("omniiot-desired-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(directory, "desired"), content);
            DesiredProperties properties = Kept(directory);

            properties.Restore();
            Assert.Equal(TimeSpan.FromSeconds(10), _settings.Every("s1"));
            Assert.False(_board.SimulatedGpio[5].IsHigh);

            properties.Apply(Json("""{"sampling":{"s1":{"every":"2s"}}}"""));
            _settings.Apply([], new Dictionary<string, string>());
            Kept(directory).Restore();
            Assert.Equal(TimeSpan.FromSeconds(2), _settings.Every("s1"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void However_much_is_wrong_the_report_stays_small()
    {
        JsonObject desired = new(
            Enumerable.Range(0, 5000).Select(n => KeyValuePair.Create($"{n}{new string('x', 1000)}", (JsonNode?)new string('y', 1000)))
        );

        Assert.InRange(_properties.Apply(desired).ToJsonString().Length, 1000, 50_000);
    }

    [Fact]
    public void What_cannot_be_understood_is_told_until_something_can()
    {
        Assert.Equal("""{"errors":{"desired":"is no object"}}""", _properties.Refuse("is no object").ToJsonString());

        Assert.Contains("\"errors\":{\"desired\":null}", Apply("{}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"sampling":5,"outputs":[]}""")]
    [InlineData("""{"sampling":{"s1":"2s"},"outputs":{"fan":1}}""")]
    [InlineData("""{"sampling":{"s1":{"every":5}},"outputs":{"fan":null}}""")]
    public void Properties_of_another_shape_change_nothing_and_are_told(string desired)
    {
        JsonNode reported = JsonNode.Parse(Apply(desired))!;

        Assert.Equal(2, reported["errors"]!.AsObject().Count);
        Assert.Equal(TimeSpan.FromSeconds(10), _settings.Every("s1"));
        Assert.Equal([false], _board.SimulatedGpio[5].Driven);
    }

    [Fact]
    public void The_same_properties_again_do_not_undo_a_command()
    {
        Apply("""{"outputs":{"fan":true}}""");
        Assert.True(_outputs.TrySwitch("fan", false, out _));

        Apply("""{"outputs":{"fan":true}}""");
        Assert.False(_board.SimulatedGpio[5].IsHigh);

        Apply("""{"outputs":{"fan":false}}""");
        Apply("""{"outputs":{"fan":true}}""");
        Assert.True(_board.SimulatedGpio[5].IsHigh);
    }

    [Fact]
    public void Every_change_of_an_output_is_told_as_a_metric_once()
    {
        Apply("""{"outputs":{"fan":true}}""");
        _outputs.TrySwitch("fan", true, out _);
        _outputs.TrySwitch("fan", false, out _);

        Assert.Equal(
            ["""{"outputs.fan":false}""", """{"outputs.lamp":false}""", """{"outputs.fan":true}""", """{"outputs.fan":false}"""],
            _queue.Values
        );
    }

    [Fact]
    public void An_output_that_fails_is_told_and_tried_again_with_the_next_properties()
    {
        _outputs.Dispose();
        using OutputBank bank = new([Output("fan", 5)], _board, _queue.Sink, _time, _log);
        using LocalRules rules = new(RuleBook.None(Names), bank, _time, _log);
        DesiredProperties properties = new(_settings, bank, new DesiredRules(rules, Names));
        JsonObject desired = (JsonObject)JsonNode.Parse("""{"outputs":{"fan":true}}""")!;
        using (GpioController other = _board.SimulatedGpio.Open())
        {
            other.OpenPin(5);
            bank.Start();
            JsonObject reported = properties.Apply(desired);
            Assert.Equal("line 5 of simulated: Device or resource busy", (string?)reported["errors"]?["outputs.fan"]);
            Assert.Null(reported["outputs"]!["fan"]);
        }

        Assert.Equal("""{"fan":true}""", properties.Apply(desired)["outputs"]!.ToJsonString());
        Assert.True(_board.SimulatedGpio[5].IsHigh);
        Assert.Contains("Error: Output fan cannot be switched: line 5 of simulated: Device or resource busy", _log.Lines);
    }

    [Fact]
    public void At_the_end_every_output_is_idle()
    {
        Apply("""{"outputs":{"fan":true,"lamp":true}}""");

        _outputs.Dispose();

        Assert.Equal([false, true, false], _board.SimulatedGpio[5].Driven);
        Assert.Equal([false, true, false], _board.SimulatedGpio[6].Driven);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static OutputSpec Output(string id, int line) =>
        new()
        {
            Id = id,
            Type = "relay",
            Line = new LineSpec { Chip = Board.Simulated, Number = line },
        };

    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;

    private DesiredProperties Kept(string directory) => Kept(directory, _outputs, _rules);

    private DesiredProperties Kept(string directory, OutputBank outputs, LocalRules rules) =>
        new(_settings, outputs, new DesiredRules(rules, Names)) { Kept = new KeptDesired(directory, _log) };

    private string Apply(string desired) => _properties.Apply(Json(desired)).ToJsonString(Readable);
}
