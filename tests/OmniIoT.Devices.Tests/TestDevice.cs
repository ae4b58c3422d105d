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
        Rules.CheckSilence(State, Values, At(lastSeen), At(now), _output);
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
        Rules.Observe(State, observation, _output);
        return Written();
    }

    /// <summary><c>raised@30 since 0</c>, several joined by a comma.</summary>
    private string Written() =>
        string.Join(
            ", ",
            _output.Select(transition =>
                transition.Kind == RuleTransitionKind.Raised
                    ? $"raised@{transition.At.UnixMilliseconds / 1000} since {transition.FirstSymptomAt.UnixMilliseconds / 1000}"
                    : $"cleared@{transition.At.UnixMilliseconds / 1000}"
            )
        );
}
