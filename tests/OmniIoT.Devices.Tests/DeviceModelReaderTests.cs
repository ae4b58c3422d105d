using System.Text;
using OmniIoT.Devices.Models;

namespace OmniIoT.Devices.Tests;

public sealed class DeviceModelReaderTests
{
    public static TheoryData<string> Samples => [.. Directory.GetFiles(SampleDirectory, "*.json").Select(path => Path.GetFileName(path)!)];

    private static string SampleDirectory => Path.Combine(AppContext.BaseDirectory, "models");

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_sample_is_valid(string file)
    {
        DeviceModelResult result = DeviceModelReader.Read(File.ReadAllBytes(Path.Combine(SampleDirectory, file)));

        Assert.Empty(result.Mistakes);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), result.Model!.Id);
    }

    [Fact]
    public void The_products_and_the_edge_agent_have_samples() =>
        Assert.Equal(
            ["cold-storage-c4.json", "edge-a1.json", "espresso-e1.json", "press-p7.json", "site-scanner-s1.json", "washer-w2.json"],
            Directory.GetFiles(SampleDirectory, "*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void A_model_is_read_whole()
    {
        DeviceModel model = DeviceModelReader.Read(File.ReadAllBytes(Path.Combine(SampleDirectory, "washer-w2.json"))).Model!;

        Assert.Equal(("washer-w2", "Washer W2"), (model.Id, model.Name));
        Assert.Equal(["temperature", "vibration", "door", "hours"], model.Metrics.Select(metric => metric.Key));
        Assert.Equal("Cel", model.Metric("temperature")!.Unit);
        Assert.Equal(["open", "closed"], model.Metric("door")!.Values);
        Assert.Equal(MetricKind.Counter, model.Metric("hours")!.Kind);
        Assert.Equal(TimeSpan.FromSeconds(60), model.Commands["restart"].Timeout);
        RuleDefinition overheat = model.Rules[0];
        Assert.Equal(("overheat", Severity.Major), (overheat.Type, overheat.Severity));
        Assert.Equal(
            new CaseTemplate
            {
                Title = "{{device.name}} runs hot",
                Priority = "high",
                Queue = "washers",
                Article = "washer-hot",
            },
            overheat.Case
        );
        Assert.Equal(new Remedy { Command = "slow-spin", Wait = TimeSpan.FromSeconds(120) }, overheat.Remedy);
        Assert.Null(model.Rules[1].Case);
        Assert.Equal(new UsageInterval("hours", 3, 500), model.Maintenance[0].Usage);
        Assert.Equal(TimeSpan.FromDays(180), model.Maintenance[0].Time);
        Assert.Equal(TimeSpan.FromMinutes(10), model.HealthyFor);
    }

    [Fact]
    public void A_command_may_want_a_person_to_be_asked_first()
    {
        IReadOnlyDictionary<string, CommandDefinition> commands = TestDevice
            .Read("""{"id":"m","commands":{"vent":{"confirm":true},"restart":{"confirm":false}}}""")
            .Commands;

        Assert.Equal((true, false), (commands["vent"].Confirm, commands["restart"].Confirm));
    }

    [Fact]
    public void What_is_missing_has_its_default()
    {
        DeviceModel model = TestDevice.Read(
            """{"id":"m","metrics":{"t":{}},"commands":{"go":{}},"rules":[{"type":"r","severity":"minor","when":"t > 1","remedy":{"command":"go"}}]}"""
        );

        Assert.Equal("m", model.Name);
        Assert.Equal(TimeSpan.FromSeconds(60), model.Metric("t")!.Interval);
        Assert.Equal(MetricType.Any, model.Metric("t")!.Type);
        Assert.Equal(TimeSpan.FromSeconds(60), model.Commands["go"].Timeout);
        Assert.Equal("{}", model.Commands["go"].Arguments);
        Assert.Null(model.Commands["go"].Confirm);
        Assert.Equal(TimeSpan.FromSeconds(120), model.Rules[0].Remedy!.Wait);
        Assert.Equal(TimeSpan.FromMinutes(10), model.HealthyFor);
        Assert.Empty(model.Maintenance);
    }

    [Theory]
    [InlineData("""{"name":"x"}""", "", "'id' is missing")]
    [InlineData("""{"id":"a b"}""", "/id", "'a b' is no id")]
    [InlineData("""{"id":7}""", "/id", "a text is expected, not the number 7")]
    [InlineData("""[]""", "", "an object is expected, not an array")]
    [InlineData("""{"id":"m","colour":1}""", "/colour", "'colour' is unknown; allowed are: id, name")]
    [InlineData("""{"id":"m","metrics":[]}""", "/metrics", "an object is expected")]
    [InlineData("""{"id":"m","metrics":{"t":5}}""", "/metrics/t", "an object is expected, not the number 5")]
    [InlineData("""{"id":"m","metrics":{"t":{"kind":"meter"}}}""", "/metrics/t/kind", "allowed are: gauge, counter")]
    [InlineData("""{"id":"m","metrics":{"t":{"values":["a",1]}}}""", "/metrics/t/values/1", "a text is expected")]
    [InlineData("""{"id":"m","metrics":{"t":{"interval":"soon"}}}""", "/metrics/t/interval", "a duration is expected")]
    [InlineData("""{"id":"m","metrics":{"t":{"interval":60}}}""", "/metrics/t/interval", "not the number 60")]
    [InlineData("""{"id":"m","metrics":{"t":{},"t":{}}}""", "/metrics/t", "the metric 't' stands twice")]
    [InlineData("""{"id":"m","metrics":{"a/b~c":{"unit":1}}}""", "/metrics/a~1b~0c/unit", "a text is expected")]
    [InlineData("""{"id":"m","commands":{"a b":{}}}""", "/commands/a b", "no name of a command")]
    [InlineData("""{"id":"m","commands":{"go":{"arguments":[]}}}""", "/commands/go/arguments", "an object is expected")]
    [InlineData("""{"id":"m","commands":{"go":{"confirm":"yes"}}}""", "/commands/go/confirm", "true or false")]
    [InlineData("""{"id":"m","commands":{"go":{"timeoutSeconds":0}}}""", "/commands/go/timeoutSeconds", "above 0")]
    [InlineData("""{"id":"m","commands":{"go":{"timeoutSeconds":"1m"}}}""", "/commands/go/timeoutSeconds", "not '1m'")]
    [InlineData(
        """{"id":"m","settings":{"rpm":{"type":"speed"}}}""",
        "/settings/rpm/type",
        "allowed are: number, integer, string, boolean"
    )]
    [InlineData("""{"id":"m","settings":{"rpm":{"values":[1,true]}}}""", "/settings/rpm/values/1", "a text or a number is expected")]
    [InlineData("""{"id":"m","settings":{"rpm":{"minimum":9,"maximum":1}}}""", "/settings/rpm/maximum", "below the minimum")]
    [InlineData("""{"id":"m","settings":{"rpm":{"minimum":"low"}}}""", "/settings/rpm/minimum", "a number is expected, not 'low'")]
    [InlineData("""{"id":"m","settings":{"rpm":{"colour":1}}}""", "/settings/rpm/colour", "'colour' is unknown")]
    [InlineData("""{"id":"m","rules":{}}""", "/rules", "an array is expected")]
    [InlineData("""{"id":"m","rules":[{"severity":"major","when":"true"}]}""", "/rules/0", "'type' is missing")]
    [InlineData("""{"id":"m","rules":[{"type":"r","when":"true"}]}""", "/rules/0", "'severity' is missing")]
    [InlineData(
        """{"id":"m","rules":[{"type":"r","severity":"bad","when":"true"}]}""",
        "/rules/0/severity",
        "'bad' is no severity; allowed are: critical, major, minor, warning"
    )]
    [InlineData("""{"id":"m","rules":[{"type":"r","severity":"major"}]}""", "/rules/0", "'when' is missing")]
    [InlineData("""{"id":"m","rules":[{"type":"r","severity":"major","when":""}]}""", "/rules/0/when", "the text is empty")]
    [InlineData("""{"id":"m","rules":[{"type":"r","severity":"major","when":5}]}""", "/rules/0/when", "a text is expected")]
    [InlineData(
        """{"id":"m","rules":[{"type":"r","severity":"major","when":"true"},{"type":"r","severity":"minor","when":"true"}]}""",
        "/rules/1/type",
        "another rule or maintenance has the type 'r'"
    )]
    [InlineData(
        """{"id":"m","rules":[{"type":"r","severity":"major","when":"true","remedy":{"command":"go"}}]}""",
        "/rules/0/remedy/command",
        "no command 'go'; its commands are: none"
    )]
    [InlineData("""{"id":"m","rules":[{"type":"r","severity":"major","when":"true","case":{}}]}""", "/rules/0/case", "'title' is missing")]
    [InlineData(
        """{"id":"m","rules":[{"type":"r","severity":"major","when":"true","notify":{"text":3}}]}""",
        "/rules/0/notify/text",
        "a text is expected"
    )]
    [InlineData(
        """{"id":"m","rules":[{"type":"r","severity":"major","when":"true","clear":"nope > 1"}]}""",
        "/rules/0/clear",
        "no metric 'nope'"
    )]
    [InlineData(
        """{"id":"m","metrics":{"t":{}},"rules":[{"type":"r","severity":"minor","when":"t > 1","case":{"title":"T","priority":"soon"}}]}""",
        "/rules/0/case/priority",
        "allowed are: low, normal, high, urgent"
    )]
    [InlineData(
        """{"id":"m","metrics":{"t":{}},"rules":[{"type":"f","severity":"minor","when":"t > 1"}],"maintenance":[{"type":"f","orEvery":"1d"}]}""",
        "/maintenance/0/type",
        "another rule or maintenance has the type 'f'"
    )]
    [InlineData("""{"id":"m","maintenance":[{"type":"f f","orEvery":"1d"}]}""", "/maintenance/0/type", "'f f' is no type")]
    [InlineData("""{"id":"m","maintenance":[{"type":"f"}]}""", "/maintenance/0", "'every' or 'orEvery' is missing")]
    [InlineData(
        """{"id":"m","metrics":{"t":{}},"maintenance":[{"type":"f","every":{"usage":"t","amount":5}}]}""",
        "/maintenance/0/every/usage",
        "its counters are: none"
    )]
    [InlineData("""{"id":"m","maintenance":[{"type":"f","orEvery":"often"}]}""", "/maintenance/0/orEvery", "a duration is expected")]
    [InlineData("""{"id":"m","verify":{"healthyFor":"-1m"}}""", "/verify/healthyFor", "a duration is expected")]
    public void A_wrong_model_is_refused_with_the_place(string json, string pointer, string message)
    {
        DeviceModelResult result = DeviceModelReader.Read(Encoding.UTF8.GetBytes(json));

        Assert.Null(result.Model);
        Mistake mistake = Assert.Single(result.Mistakes);
        Assert.Equal(pointer, mistake.Pointer);
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_beyond_the_budget_are_refused_with_the_place_the_number_and_the_limit()
    {
        string windows = string.Join(" or ", Enumerable.Range(1, 3).Select(i => $"avg(t, {i}m) > 1"));
        byte[] json = Encoding.UTF8.GetBytes(
            $$$"""
            {"id":"m","metrics":{"t":{"unit":"Cel"}},"rules":[
              {"type":"a","severity":"major","when":"{{{windows}}}"},
              {"type":"b","severity":"major","when":"t > 1","clear":"avg(t, 1m) < 1 and max(t, 1m) < 1 and min(t, 1m) < 1"},
              {"type":"c","severity":"major","when":"max(t, 9m) > 1"}]}
            """
        );

        DeviceModelResult result = DeviceModelReader.Read(json, budget: new RuleBudget(Windows: 3, Terms: 20));

        Assert.Null(result.Model);
        Assert.Equal(
            [
                new Mistake("/rules/1/clear", 1, 20, "the rules of a model look at 3 windows at most; from here on this one's look at 5"),
                new Mistake(
                    "/rules/1/clear",
                    1,
                    20,
                    "the rules of a model have 20 names, numbers, operators and functions at most; from here on this one's have 28"
                ),
            ],
            result.Mistakes.Select(mistake => mistake with { Kind = null, Values = null })
        );
        Assert.NotNull(DeviceModelReader.Read(json, budget: new RuleBudget(Windows: 5, Terms: 28)).Model);
        Assert.NotNull(DeviceModelReader.Read(json).Model);
    }

    [Theory]
    [InlineData("""{"metrics":{"t":{"values":[@]}}}""", "/metrics/t/values", "an array has at most 1000 items; this one has 1001")]
    [InlineData("""{"maintenance":[@]}""", "/maintenance", "an array has at most 1000 items; this one has 1001")]
    [InlineData("""{"name":"#"}""", "/name", "a text has at most 4000 characters")]
    [InlineData("""{"metrics":{"t":{"unit":"#"}}}""", "/metrics/t/unit", "a text has at most 4000 characters")]
    [InlineData(
        """{"metrics":{"t":{}},"rules":[{"type":"a","severity":"minor","when":"t > 1","notify":{"text":"~"}}]}""",
        "/rules/0/notify/text",
        "a text that is shown has at most 500 characters"
    )]
    public void What_a_person_stores_is_held_to_sizes_and_what_is_stored_is_read(string json, string pointer, string message)
    {
        string large = json.Replace("@", string.Join(',', Enumerable.Range(0, 1_001).Select(i => $"\"{i}\"")), StringComparison.Ordinal)
            .Replace("#", new string('x', 4_001), StringComparison.Ordinal)
            .Replace("~", new string('x', 501), StringComparison.Ordinal);

        DeviceModelResult result = DeviceModelReader.Read(Encoding.UTF8.GetBytes(large), "m", budget: RuleBudget.Default);
        DeviceModelResult stored = DeviceModelReader.Read(Encoding.UTF8.GetBytes(large), "m");

        Mistake mistake = Assert.Single(result.Mistakes);
        Assert.Equal((pointer, message), (mistake.Pointer, mistake.Message));
        Assert.DoesNotContain(stored.Mistakes, other => other.Message == message);
    }

    [Fact]
    public void Every_mistake_is_named_in_the_order_of_the_document()
    {
        DeviceModelResult result = DeviceModelReader.Read(
            """
            {
              "id": "m",
              "metrics": { "t": { "unit": "Cel", "colour": 1 } },
              "rules": [
                { "type": "a", "severity": "major", "when": "t > 80" },
                { "type": "b", "severity": "huge", "when": "t > 80 and u > 1" }
              ]
            }
            """u8.ToArray()
        );

        Assert.Equal(
            [("/metrics/t/colour", 3, 48), ("/rules/1/severity", 6, 32), ("/rules/1/when", 1, 12)],
            result.Mistakes.Select(mistake => (mistake.Pointer, mistake.Line, mistake.Column))
        );
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{\n  \"id\": \"é\" x }", 2, 13)]
    [InlineData("{\"id\":", 1, 7)]
    public void What_is_no_json_is_refused_with_its_line_and_column(string text, int line, int column)
    {
        Mistake mistake = Assert.Single(DeviceModelReader.Read(Encoding.UTF8.GetBytes(text)).Mistakes);

        Assert.Equal(("", line, column), (mistake.Pointer, mistake.Line, mistake.Column));
        Assert.DoesNotContain("LineNumber", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_id_may_come_from_outside_and_must_agree()
    {
        Assert.Equal("m", DeviceModelReader.Read("{}"u8.ToArray(), "m").Model!.Id);
        Assert.Equal("/id", Assert.Single(DeviceModelReader.Read("""{"id":"n"}"""u8.ToArray(), "m").Mistakes).Pointer);
    }
}
