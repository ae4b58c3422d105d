using System.Buffers;
using System.Text;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Rules;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Tests;

/// <summary>One device of a model, driven by hand: seconds of device time in, transitions out.</summary>
internal sealed class TestDevice
{
    private readonly List<RuleTransition> _output = [];
    private readonly List<AlarmCorrection> _corrections = [];
    private readonly List<AlarmSpan> _alarms = [];

    public TestDevice(
        string rules,
        string metrics = """{"t":{"unit":"Cel"},"p":{"unit":"bar"},"door":{"values":["open","closed"]},"x":{}}"""
    )
    {
        Model = Read($$"""{"id":"m","metrics":{{metrics}},"rules":{{rules}}}""");
        Values = new MetricTable(Model.Schema);
        State = Model.RuleSet.CreateState();
    }

    public DeviceModel Model { get; }

    public MetricTable Values { get; private set; }

    public RuleState State { get; private set; }

    public RuleSet Rules => Model.RuleSet;

    /// <summary>
    /// All alarms of the first rule, by what was told: <c>30–60 since 30</c>, joined by a comma; without an end they stand.
    /// </summary>
    public string Alarms => string.Join(", ", _alarms.OrderBy(alarm => alarm.RaisedAt).Select(alarm => Written(alarm)));

    public static TestDevice Of(string when, string? clear = null) =>
        new($$"""[{"type":"r","severity":"major","when":{{Quoted(when)}}{{(clear is null ? "" : ",\"clear\":" + Quoted(clear))}}}]""");

    public static DeviceModel Read(string json)
    {
        DeviceModelResult result = DeviceModelReader.Read(Encoding.UTF8.GetBytes(json));
        Assert.Empty(result.Mistakes);
        return result.Model!;
    }

    public static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    /// <summary>A telemetry message; the text is a bare object of values.</summary>
    public string Say(double second, string values)
    {
        TelemetryBatch batch = new();
        Assert.True(batch.TryRead(Encoding.UTF8.GetBytes(values), Values, out PayloadProblem? problem), problem?.Detail);
        Take(batch, At(second));
        return Observe(new Observation { Values = Values, At = At(second) });
    }

    public string Event(double second, string code, string type = "error", bool isTimed = true) =>
        Observe(
            new Observation
            {
                IsTimed = isTimed,
                Values = Values,
                At = At(second),
                EventCode = Encoding.UTF8.GetBytes(code),
                EventType = Encoding.UTF8.GetBytes(type),
            }
        );

    public string CheckSilence(double lastSeen, double now)
    {
        _output.Clear();
        _corrections.Clear();
        Rules.CheckSilence(State, Values, At(lastSeen), At(now), _output);
        Keep();
        return Written();
    }

    /// <summary>Stops and starts the process.</summary>
    public void Restart()
    {
        ArrayBufferWriter<byte> values = new System.Buffers.ArrayBufferWriter<byte>();
        ArrayBufferWriter<byte> state = new System.Buffers.ArrayBufferWriter<byte>();
        Values.Write(values);
        Rules.WriteState(State, state);
        Values = MetricTable.Read(values.WrittenSpan, Model.Schema);
        State = Rules.ReadState(state.WrittenSpan);
    }

    /// <summary>Goes on with rules that were stored before; values were not.</summary>
    public void Restore(ReadOnlySpan<byte> state) => State = Rules.ReadState(state);

    public static Instant At(double second) => new((long)(second * 1000));

    private void Take(TelemetryBatch batch, Instant at)
    {
        foreach (ref readonly TelemetryEntry entry in batch.Entries(batch.Points[0]))
            Rules.TakeReading(State, entry.Slot, batch.Value(entry, Values), at, replaces: true);
        batch.Apply(batch.Points[0], Values, at);
    }

    private string Observe(in Observation observation)
    {
        _output.Clear();
        _corrections.Clear();
        Rules.Observe(State, observation, _output, _corrections);
        Keep();
        return Written();
    }

    /// <summary>Keeps the alarms of the first rule as a reader of all that is told would.</summary>
    private void Keep()
    {
        foreach (AlarmCorrection correction in _corrections.Where(correction => correction.RuleIndex == 0))
        {
            if (correction.Was is { } was)
                Assert.Equal(1, _alarms.RemoveAll(alarm => alarm.RaisedAt == was.RaisedAt && alarm.ClearedAt == was.ClearedAt));
            if (correction.Is is { } found)
                _alarms.Add(found);
            Assert.True(_alarms.Count(alarm => alarm.ClearedAt is null) <= 1);
        }
        foreach (RuleTransition transition in _output.Where(transition => transition.RuleIndex == 0))
        {
            if (transition.Kind is RuleTransitionKind.Raised)
                _alarms.Add(new AlarmSpan(transition.At, null, transition.FirstSymptomAt, transition.Value));
            else
                _alarms[_alarms.FindIndex(alarm => alarm.ClearedAt is null)] = _alarms.Single(alarm => alarm.ClearedAt is null) with
                {
                    ClearedAt = transition.At,
                };
        }
    }

    private static long Second(Instant at) => at.UnixMilliseconds / 1000;

    private static string Written(AlarmSpan? alarm) =>
        alarm is { } span
            ? $"{Second(span.RaisedAt)}–{(span.ClearedAt is { } end ? Second(end) : "")} since {Second(span.FirstSymptomAt)}"
            : "none";

    /// <summary>
    /// <c>raised@30 since 0</c>, or of late ones what was told and what is so: <c>none → 30–60 since 30</c>; several joined by a comma.
    /// </summary>
    private string Written() =>
        string.Join(
            ", ",
            _corrections
                .Select(correction => $"{Written(correction.Was)} → {Written(correction.Is)}")
                .Concat(
                    _output.Select(transition =>
                        transition.Kind == RuleTransitionKind.Raised
                            ? $"raised@{Second(transition.At)} since {Second(transition.FirstSymptomAt)}"
                            : $"cleared@{Second(transition.At)}"
                    )
                )
        );
}
