using System.Text;
using OmniIoT.Devices;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Sparkplug;
using OmniIoT.Dialects.Sparkplug.Native;
using OmniIoT.Dialects.Sparkplug.Nodes;
using static OmniIoT.Dialects.Tests.Sparkplug.Payloads;

namespace OmniIoT.Dialects.Tests.Sparkplug;

public sealed class NativeMessageTests
{
    [Fact]
    public void Readings_of_one_time_are_one_point_oldest_first()
    {
        MetricReading[] readings =
        [
            new("b/c", MetricValue.FromBoolean(true), new Instant(2000)),
            new("a", MetricValue.FromNumber(1.5), new Instant(1000)),
            new("d \"e\"", MetricValue.FromText("ü\n"), new Instant(2000)),
            new("a", MetricValue.FromNumber(2), new Instant(2000)),
            new("a", MetricValue.FromNumber(3), new Instant(2000)),
            new("bdSeq", MetricValue.FromNumber(1), null),
            new("Node Control/Rebirth", MetricValue.FromBoolean(false), null),
            new("Properties/Serial", MetricValue.FromText("S"), null),
        ];

        byte[] message = Assert.Single(TelemetryMessages.Write(readings));

        Assert.Equal(
            """[{"ts":1000,"values":{"a":1.5}},{"ts":2000,"values":{"b/c":true,"d \"e\"":"ü\n","a":2}},{"ts":2000,"values":{"a":3}}]""",
            Encoding.UTF8.GetString(message)
        );
    }

    [Fact]
    public void What_is_written_is_telemetry_of_ours()
    {
        MetricReading[] readings =
        [
            .. Enumerable
                .Range(0, 150)
                .Select(i => new MetricReading($"m {i}", MetricValue.FromNumber(i), i % 2 == 0 ? new Instant(i) : null)),
        ];
        MetricTable table = new(MetricSchema.Empty);
        TelemetryBatch batch = new();
        int values = 0;
        foreach (byte[] message in TelemetryMessages.Write(readings))
        {
            Assert.True(batch.TryRead(message, table, out _));
            foreach (TelemetryPoint point in batch.Points)
                values += point.EntryCount;
        }
        Assert.Equal(150, values);
    }

    [Fact]
    public void A_birth_reports_where_it_is_and_what_describes_it()
    {
        EdgeNode node = new(new EdgeNodeSettings());
        NodeBorn born = (NodeBorn)
            node.Take(MessageType.NodeBirth, null, Of(0, Number("t", 1) with { Unit = "Cel" }, Text("Properties/Hw/Rev", "C")), Start)[0];

        byte[] reported = ReportedMessage.OfBirth("g", "n", null, born.Metrics, node.MetricsOf(null));

        Assert.Equal(
            """{"sparkplug":{"group":"g","node":"n","device":null},"properties":{"Hw/Rev":"C"},"units":{"t":"Cel"}}""",
            Encoding.UTF8.GetString(reported)
        );
    }

    [Theory]
    [InlineData("n", "press", "n:press")]
    [InlineData("n", "Pumpe Süd", "n:Pumpe-S-d")]
    public void A_device_below_a_node_has_an_id_that_is_allowed(string node, string name, string expected)
    {
        string[] ids = [.. DeviceIds.Below(node, name)];

        Assert.Equal(expected, ids[0]);
        Assert.All(ids, id => Assert.True(Identifier.IsValid(id)));
        Assert.Equal(ids, DeviceIds.Below(node, name));
    }

    [Fact]
    public void A_name_that_is_too_long_has_an_id_all_the_same()
    {
        string id = Assert.Single(DeviceIds.Below(new string('n', 100), new string('d', 300)));
        Assert.True(Identifier.IsValid(id));
    }

    [Theory]
    [InlineData("spBv1.0/g/NDATA/n", true)]
    [InlineData("spBv1.0/g/DDATA/n/d", true)]
    [InlineData("spBv1.0/g/DDATA/n", false)]
    [InlineData("spBv1.0/g/NDATA/n/d", false)]
    [InlineData("spBv1.0/g/NDATA/", false)]
    [InlineData("spBv1.0/STATE/host", false)]
    [InlineData("spBv1.0/g/XDATA/n", false)]
    [InlineData("spAv1.0/g/NDATA/n", false)]
    public void Topics_of_nodes_and_devices_are_told_from_others(string text, bool isOne)
    {
        Assert.Equal(isOne, SparkplugTopic.TryParse(text, out SparkplugTopic? topic));
        if (isOne)
            Assert.Equal(text, topic!.ToString());
    }

    [Fact]
    public void The_state_of_the_host_is_said_in_both_forms()
    {
        HostState state = new("h");
        Assert.Equal(("spBv1.0/STATE/h", "STATE/h"), (state.Topic, state.OldTopic));
        Assert.Equal("""{"online":true,"timestamp":5}""", Encoding.UTF8.GetString(HostState.Payload(true, new Instant(5))));
        Assert.Equal("OFFLINE", Encoding.UTF8.GetString(HostState.OldPayload(false)));
    }
}
