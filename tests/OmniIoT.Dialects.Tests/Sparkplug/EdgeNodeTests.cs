using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Sparkplug;
using OmniIoT.Dialects.Sparkplug.Nodes;
using OmniIoT.Dialects.Sparkplug.Payloads;
using static OmniIoT.Dialects.Tests.Sparkplug.Payloads;

namespace OmniIoT.Dialects.Tests.Sparkplug;

public sealed class EdgeNodeTests
{
    private static readonly EdgeNodeSettings Settings = new();

    private readonly EdgeNode _node = new(Settings);
    private Instant _now = Start;

    [Fact]
    public void A_birth_makes_names_and_aliases_known()
    {
        Assert.IsType<NodeBorn>(Assert.Single(Birth(Number("a", 1, alias: 1))));

        DataCame data = Assert.IsType<DataCame>(
            Assert.Single(Take(MessageType.NodeData, null, Of(1, Number(null, 2, alias: 1) with { DataType = MetricDataType.Unknown })))
        );
        Assert.Equal(new MetricReading("a", MetricValue.FromNumber(2), Start), Assert.Single(data.Metrics.Readings));
    }

    [Fact]
    public void An_integer_without_a_type_means_what_the_birth_said()
    {
        SparkplugMetric born = new()
        {
            Name = "a",
            DataType = MetricDataType.Int16,
            Value = WireValue.Of(WireField.Int, 1),
        };
        Birth(born);

        IReadOnlyList<NodeEvent> events = Take(
            MessageType.NodeData,
            null,
            Of(1, born with { DataType = MetricDataType.Unknown, Value = WireValue.Of(WireField.Int, 0xFFFF) })
        );

        Assert.Equal(MetricValue.FromNumber(-1), Assert.Single(events.OfType<DataCame>().Single().Metrics.Readings).Value);
    }

    [Fact]
    public void Any_number_of_a_birth_is_the_new_base()
    {
        Take(MessageType.NodeBirth, null, Of(254));

        foreach (ulong sequence in new ulong[] { 255, 0, 1 })
            Assert.DoesNotContain(Take(MessageType.NodeData, null, Of(sequence)), came => came is RebirthWanted);
        Assert.True(_node.IsInStep);
        Assert.Null(_node.NextDue);
    }

    [Fact]
    public void A_missing_message_is_waited_for_and_then_a_rebirth_is_wanted()
    {
        Birth();
        Take(MessageType.NodeData, null, Of(2));

        Assert.Empty(Beat(Settings.ReorderWait - TimeSpan.FromMilliseconds(1)));
        Assert.True(_node.IsInStep);
        Assert.IsType<RebirthWanted>(Assert.Single(Beat(TimeSpan.FromMilliseconds(1))));
        Assert.False(_node.IsInStep);
        Birth();
        Assert.True(_node.IsInStep);
    }

    [Fact]
    public void A_message_that_comes_late_is_no_loss()
    {
        Birth();
        Take(MessageType.NodeData, null, Of(3));
        Take(MessageType.NodeData, null, Of(1));
        Take(MessageType.NodeData, null, Of(2));

        Assert.Empty(Beat(TimeSpan.FromHours(1)));
        Assert.True(_node.IsInStep);
    }

    [Fact]
    public void A_number_that_comes_again_wants_a_rebirth_at_once()
    {
        Birth();
        Take(MessageType.NodeData, null, Of(1));

        Assert.Contains(Take(MessageType.NodeData, null, Of(1)), came => came is RebirthWanted);
    }

    [Fact]
    public void Out_of_step_only_what_explains_itself_is_taken()
    {
        Birth(Number("a", 1, alias: 1));
        Take(MessageType.NodeData, null, Of(9));
        Beat(Settings.ReorderWait);

        IReadOnlyList<NodeEvent> events = Take(MessageType.NodeData, null, Of(10, Number("a", 2), Number(null, 3, alias: 1)));

        Assert.Equal(["a"], Names(events.OfType<DataCame>().Single().Metrics));
        Assert.Contains("alias 1", events.OfType<NotUnderstood>().Single().Detail);
    }

    [Fact]
    public void Rebirths_are_asked_for_with_pauses_that_double_and_anew_after_a_quiet_time()
    {
        List<double> askedAfterSeconds = [];
        for (int second = 0; second < 700; second++)
        {
            if (Take(MessageType.NodeData, null, Of(0)).OfType<RebirthWanted>().Any())
                askedAfterSeconds.Add(second);
            _now += TimeSpan.FromSeconds(1);
        }
        Assert.Equal([0, 5, 15, 35, 75, 155, 315, 615], askedAfterSeconds);

        Birth();
        _now += TimeSpan.FromHours(1);
        Assert.Contains(Take(MessageType.NodeData, null, Of(0)), came => came is RebirthWanted);
        _now += Settings.FirstRebirthPause;
        Assert.Contains(Take(MessageType.NodeData, null, Of(0)), came => came is RebirthWanted);
    }

    [Fact]
    public void A_request_that_nobody_heard_is_made_again_as_soon_as_somebody_may()
    {
        Assert.Contains(Take(MessageType.NodeData, null, Of(0)), came => came is RebirthWanted);
        _node.RebirthUnheard();

        Assert.IsType<RebirthWanted>(Assert.Single(Beat(TimeSpan.Zero)));
        Assert.Empty(Beat(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_death_ends_the_birth_that_has_its_number_with_all_devices()
    {
        Birth(BirthDeathSequence(8));
        Take(MessageType.DeviceBirth, "d", Of(1));

        Assert.Empty(Take(MessageType.NodeDeath, null, Of(null, BirthDeathSequence(7))));
        Assert.True(_node.IsBorn);
        Assert.Equal([new DeviceDied("d"), new NodeDied()], Take(MessageType.NodeDeath, null, Of(null, BirthDeathSequence(8))));
        Assert.Empty(Take(MessageType.NodeDeath, null, Of(null, BirthDeathSequence(8))));
        Assert.Empty(_node.End());
    }

    [Fact]
    public void Devices_that_are_not_born_again_after_their_node_are_gone()
    {
        Birth();
        Take(MessageType.DeviceBirth, "back", Of(1));
        Take(MessageType.DeviceBirth, "gone", Of(2));
        Birth();
        Take(MessageType.DeviceBirth, "back", Of(1));

        Assert.Empty(Beat(Settings.DeviceBirthWait - TimeSpan.FromMilliseconds(1)));
        Assert.Equal([new DeviceDied("gone")], Beat(TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void A_device_that_speaks_without_a_birth_wants_a_rebirth()
    {
        Birth();

        IReadOnlyList<NodeEvent> events = Take(MessageType.DeviceData, "d", Of(1, Number("a", 1)));

        DataCame data = events.OfType<DataCame>().Single();
        Assert.Equal("d", data.Device);
        Assert.Equal(["a"], Names(data.Metrics));
        Assert.Contains(events, came => came is RebirthWanted);
    }

    [Fact]
    public void Devices_beyond_the_limit_are_refused()
    {
        EdgeNode node = new(Settings with { MaximumDevices = 1 });
        node.Take(MessageType.NodeBirth, null, Of(0), Start);
        node.Take(MessageType.DeviceBirth, "a", Of(1), Start);

        Assert.IsType<NotUnderstood>(Assert.Single(node.Take(MessageType.DeviceBirth, "b", Of(2), Start)));
        Assert.IsType<DeviceBorn>(Assert.Single(node.Take(MessageType.DeviceBirth, "a", Of(3), Start)));
    }

    private IReadOnlyList<NodeEvent> Birth(params SparkplugMetric[] metrics) => Take(MessageType.NodeBirth, null, Of(0, metrics));

    private IReadOnlyList<NodeEvent> Take(MessageType type, string? device, SparkplugPayload payload) =>
        _node.Take(type, device, payload, _now);

    private IReadOnlyList<NodeEvent> Beat(TimeSpan after)
    {
        _now += after;
        return _node.Beat(_now);
    }
}
