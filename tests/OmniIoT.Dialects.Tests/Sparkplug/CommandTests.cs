using System.Text.Json.Nodes;
using OmniIoT.Dialects.Sparkplug;
using OmniIoT.Dialects.Sparkplug.Commands;
using OmniIoT.Dialects.Sparkplug.Nodes;
using OmniIoT.Dialects.Sparkplug.Payloads;
using static OmniIoT.Dialects.Tests.Sparkplug.Payloads;

namespace OmniIoT.Dialects.Tests.Sparkplug;

public sealed class CommandTests
{
    [Theory]
    [InlineData(MetricDataType.Int8, "-8", WireField.Int, 0xFFFFFFF8UL)]
    [InlineData(MetricDataType.Int64, "-1", WireField.Long, 0xFFFFFFFFFFFFFFFFUL)]
    [InlineData(MetricDataType.UInt32, "4000000000", WireField.Long, 4000000000UL)]
    [InlineData(MetricDataType.UInt64, "18446744073709551615", WireField.Long, ulong.MaxValue)]
    [InlineData(MetricDataType.Double, "1.5", WireField.Double, 0x3FF8000000000000UL)]
    [InlineData(MetricDataType.Float, "1.5", WireField.Float, 0x3FC00000UL)]
    [InlineData(MetricDataType.Boolean, "true", WireField.Boolean, 1UL)]
    [InlineData(MetricDataType.DateTime, "\"2026-11-24T00:00:00Z\"", WireField.Long, 1795478400000UL)]
    [InlineData(MetricDataType.DateTime, "1000", WireField.Long, 1000UL)]
    public void An_argument_is_written_in_the_type_of_the_birth(MetricDataType type, string json, WireField field, ulong bits)
    {
        SparkplugMetric metric = Assert.Single(Create($$"""{"m":{{json}}}""", type).Metrics);

        Assert.Equal(("m", type, WireValue.Of(field, bits)), (metric.Name, metric.DataType, metric.Value));
    }

    [Theory]
    [InlineData(MetricDataType.Int8, "128")]
    [InlineData(MetricDataType.UInt8, "-1")]
    [InlineData(MetricDataType.Int32, "1.5")]
    [InlineData(MetricDataType.Int32, "\"1\"")]
    [InlineData(MetricDataType.Float, "1e300")]
    [InlineData(MetricDataType.Boolean, "1")]
    [InlineData(MetricDataType.String, "1")]
    [InlineData(MetricDataType.DateTime, "\"soon\"")]
    [InlineData(MetricDataType.DataSet, "1")]
    [InlineData(MetricDataType.Int32, "{}")]
    public void An_argument_that_does_not_fit_is_a_mistake(MetricDataType type, string json)
    {
        Assert.False(TryCreate("write", $$"""{"m":{{json}}}""", type, out _, out string? mistake));
        Assert.Contains("'m'", mistake);
    }

    [Theory]
    [InlineData("write", "{}", "names no metric")]
    [InlineData("write", """{"other":1}""", "'other'")]
    [InlineData("restart", "{}", "'restart'")]
    public void A_command_that_names_no_metric_of_the_birth_is_a_mistake(string name, string arguments, string expected)
    {
        Assert.False(TryCreate(name, arguments, MetricDataType.Int32, out _, out string? mistake));
        Assert.Contains(expected, mistake);
    }

    [Fact]
    public void Rebirth_and_reboot_are_controls_of_the_node()
    {
        Assert.True(TryCreate("rebirth", "{}", MetricDataType.Int32, out SparkplugCommand? command, out _));
        Assert.True(command.IsForNode);
        Assert.Equal(
            ("Node Control/Rebirth", MetricDataType.Boolean, 1UL),
            (command.Metrics[0].Name, command.Metrics[0].DataType, command.Metrics[0].Value.Bits)
        );
        Assert.True(new PendingCommand("1", command, null).AwaitsBirth);
    }

    [Fact]
    public void A_command_without_arguments_sets_the_metric_of_its_name()
    {
        Assert.True(TryCreate("m", "{}", MetricDataType.Boolean, out SparkplugCommand? command, out _));
        Assert.Equal(("m", 1UL), (command.Metrics[0].Name, command.Metrics[0].Value.Bits));
    }

    [Fact]
    public void A_command_has_succeeded_once_all_its_values_are_reported()
    {
        Assert.True(
            SparkplugCommand.TryCreate(
                "write",
                new JsonObject { ["a"] = 1.1, ["b"] = null },
                name => new BornMetric(name, MetricDataType.Float, null),
                out SparkplugCommand? command,
                out _
            )
        );
        PendingCommand pending = new("1", command, null);

        Assert.False(pending.Sees(Batch(Number("a", 2), Number("b", 0))));
        Assert.False(
            pending.Sees(
                Batch(
                    new SparkplugMetric
                    {
                        Name = "a",
                        DataType = MetricDataType.Float,
                        Value = WireValue.Of(WireField.Float, BitConverter.SingleToUInt32Bits(1.1f)),
                    }
                )
            )
        );
        Assert.True(pending.Sees(Batch(new SparkplugMetric { Name = "b", IsNull = true })));
    }

    private static MetricBatch Batch(params SparkplugMetric[] metrics)
    {
        EdgeNode node = new(new EdgeNodeSettings());
        return ((NodeBorn)node.Take(MessageType.NodeBirth, null, Of(0, metrics), Start)[0]).Metrics;
    }

    private static SparkplugCommand Create(string arguments, MetricDataType type)
    {
        Assert.True(TryCreate("write", arguments, type, out SparkplugCommand? command, out string? mistake), mistake);
        return command;
    }

    private static bool TryCreate(
        string name,
        string arguments,
        MetricDataType type,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SparkplugCommand? command,
        out string? mistake
    ) =>
        SparkplugCommand.TryCreate(
            name,
            JsonNode.Parse(arguments)!.AsObject(),
            metric => metric == "m" ? new BornMetric("m", type, null) : null,
            out command,
            out mistake
        );
}
