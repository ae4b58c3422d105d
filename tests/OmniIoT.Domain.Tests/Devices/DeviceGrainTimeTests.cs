using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Tests.Devices;

/// <summary>Clocks that are ahead of ours, and counts that begin anew.</summary>
public sealed class DeviceGrainTimeTests
{
    private const string Model = """
        { "id": "washer", "name": "Washer", "metrics": { "t": {"unit": "Cel"} },
          "rules": [
            { "type": "hot", "severity": "major", "when": "t > 80" },
            { "type": "hot-for", "severity": "major", "when": "t > 80 for 30s" },
            { "type": "busy", "severity": "minor", "when": "count(t, 1m) >= 4" },
            { "type": "odd", "severity": "minor", "when": "anomaly(t) > 0.99" },
            { "type": "errors", "severity": "minor", "when": "count(event('E1'), 1h) >= 2" } ] }
        """;

    private readonly DeviceBench _bench = new(model: Model);

    [Theory]
    [InlineData(0.001)]
    [InlineData(2)]
    [InlineData(300)]
    [InlineData(3600)]
    public void A_lead_blinds_nothing_that_follows(double leadSeconds)
    {
        Say(0, 20, toldAt: leadSeconds);

        List<Effect> effects = Say(0, 95, toldAt: null);

        Assert.Equal("hot", effects.Single<PutAlarm>().Alarm.Type);
        Assert.Equal(DeviceBench.Start, effects.Single<PutAlarm>().Alarm.RaisedAt);
        Assert.Equal(95, _bench.Grain.State.Values[0].Value.Number);
    }

    [Fact]
    public void What_is_not_the_future_by_the_machines_clock_is_taken_though_that_is_not_believed_yet()
    {
        const double TwoDays = 2 * 86_400;
        Assert.NotNull(_bench.TrySend(0, "telemetry", Told(TwoDays, 95)));

        _bench.ToldByClock = DeviceBench.Start + TimeSpan.FromSeconds(TwoDays + 60);
        Assert.Equal("hot", Say(0, 95, toldAt: TwoDays).Single<PutAlarm>().Alarm.Type);
    }

    [Fact]
    public void What_is_ahead_is_judged_itself_and_then_what_tells_its_true_time()
    {
        Assert.Equal("hot", Say(0, 95, toldAt: 2).Single<PutAlarm>().Alarm.Type);

        Assert.NotNull(Say(1, 20, toldAt: 0.5).OfType<PutAlarm>().SingleOrDefault()?.Alarm.ClearedAt);
    }

    [Fact]
    public void A_duration_runs_from_arrival_to_arrival_while_the_clock_is_ahead()
    {
        for (int second = 0; second < 30; second += 10)
            Assert.DoesNotContain(Say(second, 90, toldAt: second + 100), effect => effect is PutAlarm { Alarm.Type: "hot-for" });

        Assert.Contains(Say(30, 90, toldAt: null), effect => effect is PutAlarm { Alarm.Type: "hot-for" });
    }

    [Fact]
    public void Readings_ahead_that_arrive_in_one_moment_count_each()
    {
        List<Effect> effects = _bench.Send(0, "telemetry", $"[{string.Join(',', Enumerable.Range(1, 4).Select(i => Told(i, i)))}]");

        Assert.Equal("busy", effects.Single<PutAlarm>().Alarm.Type);
    }

    [Fact]
    public void Readings_ahead_that_arrive_in_one_moment_are_each_asked_whether_they_are_usual()
    {
        for (int i = 0; i < 100; i++)
            Say(i * 60, 20 + (i % 3), toldAt: null);

        List<Effect> effects = _bench.Send(6060, "telemetry", $"[{Told(6061, 21)},{Told(6062, 70)}]");

        Assert.Equal("odd", effects.Single<PutAlarm>().Alarm.Type);
    }

    [Fact]
    public void Events_ahead_that_arrive_in_one_moment_count_each()
    {
        Assert.Empty(_bench.Send(0, "events", $$"""{"ts":{{At(1)}},"code":"E1"}"""));

        Assert.Equal("errors", _bench.Send(0, "events", $$"""{"ts":{{At(2)}},"code":"E1"}""").Single<PutAlarm>().Alarm.Type);
    }

    [Fact]
    public void A_place_ahead_gives_way_to_the_one_that_follows()
    {
        _bench.Send(0, "location", $$"""{"ts":{{At(2)}},"lat":40,"lon":49}""");

        _bench.Send(0, "location", """{"lat":41,"lon":50}""");

        Assert.Equal(
            (41d, 50d, DeviceBench.Start),
            (_bench.Grain.State.Location!.Lat, _bench.Grain.State.Location.Lon, _bench.Grain.State.Location.At)
        );
    }

    [Fact]
    public void What_names_no_time_is_not_late_when_our_own_clock_steps_back()
    {
        Say(10, 20, toldAt: null);

        Assert.Equal("hot", Say(5, 95, toldAt: null).Single<PutAlarm>().Alarm.Type);
    }

    [Fact]
    public void A_count_that_begins_anew_with_younger_times_loses_nothing()
    {
        for (int seq = 1; seq <= 10; seq++)
            _bench.Send(seq, "telemetry", Numbered(seq, toldAt: seq, 20));
        _bench.Restart();

        List<Effect> effects = _bench.Send(20, "telemetry", Numbered(1, toldAt: 20, 95));

        Assert.Equal("hot", effects.OfType<PutAlarm>().First(put => put.Alarm.ClearedAt is null).Alarm.Type);
        Assert.Equal(95, _bench.Grain.State.Values[0].Value.Number);
    }

    [Fact]
    public void A_message_of_a_clock_ahead_that_is_sent_again_is_known()
    {
        _bench.Send(0, "telemetry", Numbered(7, toldAt: 5, 95));
        Say(1, 20, toldAt: null);
        _bench.Restart();
        _bench.Decision.Telemetry.Take();

        Assert.Empty(_bench.Send(2, "telemetry", Numbered(7, toldAt: 5, 95)));

        Assert.True(_bench.Decision.Telemetry.IsEmpty);
        Assert.Equal(20, _bench.Grain.State.Values[0].Value.Number);
    }

    [Theory]
    [InlineData(10, 1)] // So far back that nobody knows whether it came before.
    [InlineData(90, 1)]
    [InlineData(10, 300)] // What it told has come meanwhile.
    [InlineData(90, 300)]
    public void A_message_of_a_clock_ahead_that_is_late_by_its_number_is_stored_and_not_judged_as_the_newest(int late, int second)
    {
        for (int number = 1; number <= 100; number++)
        {
            if (number != late)
                _bench.Send(0, "telemetry", Numbered(number, toldAt: 100 + number, 20));
        }
        _bench.Decision.Telemetry.Take();

        List<Effect> effects = _bench.Send(second, "telemetry", Numbered(late, toldAt: 100 + late, 95));

        Assert.DoesNotContain(effects, effect => effect is PutAlarm { Alarm: { Type: "hot", ClearedAt: null } });
        Assert.False(_bench.Decision.Telemetry.IsEmpty);
        Assert.Equal(20, _bench.Grain.State.Values[0].Value.Number);
    }

    /// <param name="lacking">Numbers at the end that the version did not write: since when all were taken, and before that the newest's
    /// time.</param>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_state_of_an_earlier_version_knows_its_numbers_by_the_time_that_it_judged_last(int lacking)
    {
        _bench.Send(9, "telemetry", Numbered(9, toldAt: 9, 20));
        System.Buffers.ArrayBufferWriter<byte> snapshot = new();
        _bench.Grain.State.Write(snapshot);

        Domain.Devices.DeviceState read = Domain.Devices.DeviceState.Read(
            snapshot.WrittenSpan[..^(lacking * sizeof(long))],
            _bench.Grain.State.TakeFacts(),
            id => _bench.Decision.Moment.Catalog.Models.GetValueOrDefault(id)
        );

        Assert.Equal((9L, DeviceBench.Start + TimeSpan.FromSeconds(9)), (read.Sequence.Newest, read.Sequence.NewestAt));
        Assert.Null(read.Sequence.FromAt);
    }

    private List<Effect> Say(double second, double t, double? toldAt) =>
        _bench.Send(second, "telemetry", toldAt is { } told ? Told(told, t) : $$"""{"t":{{t}}}""");

    private static string Told(double second, double t) => $$$"""{"ts":{{{At(second)}}},"values":{"t":{{{t}}}}}""";

    private static string Numbered(long seq, double toldAt, double t) =>
        $$$"""{"ts":{{{At(toldAt)}}},"seq":{{{seq}}},"values":{"t":{{{t}}}}}""";

    private static long At(double second) => (DeviceBench.Start + TimeSpan.FromSeconds(second)).UnixMilliseconds;
}
