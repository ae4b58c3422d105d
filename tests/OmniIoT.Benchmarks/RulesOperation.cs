using System.Text;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Rules;
using OmniIoT.Devices.Time;
using OmniIoT.Simulators.Fleet;

namespace OmniIoT.Benchmarks;

/// <summary>A telemetry message is read, applied to the device's values, and judged by the washer's rules.</summary>
internal sealed class RulesOperation
{
    private const int Messages = 1000;

    private readonly byte[][] _payloads =
    [
        .. Enumerable.Range(1, Messages).Select(number => Encoding.UTF8.GetBytes(SamplePayloads.Telemetry(number))),
    ];
    private readonly DeviceModel _model;
    private readonly TelemetryBatch _batch = new();

    /// <summary>Has grown once, as the decider's has: the first alarm of all is no message's cost.</summary>
    private readonly List<RuleTransition> _transitions = new(capacity: 8);
    private readonly List<AlarmCorrection> _corrections = [];
    private readonly MetricTable _values;
    private readonly RuleState _state;
    private int _next;

    /// <summary>Added to what the payloads tell, so that device time never runs backwards.</summary>
    private TimeSpan _shift;
    private Instant _at;

    public RulesOperation()
    {
        _model =
            DeviceModelReader.Read(Encoding.UTF8.GetBytes(SampleModels.Read("washer-w2").ToJsonString())).Model
            ?? throw new InvalidOperationException("The sample model is refused.");
        (_values, _state) = (new MetricTable(_model.Schema), _model.RuleSet.CreateState());
    }

    public int Run()
    {
        bool isRound = _next == Messages;
        if (isRound)
            _next = 0;
        if (!_batch.TryRead(_payloads[_next++], _values, out PayloadProblem? problem))
            throw new InvalidOperationException($"The payload is refused: {problem}");
        _transitions.Clear();
        foreach (ref readonly TelemetryPoint point in _batch.Points)
        {
            if (isRound)
                _shift = _at - point.At!.Value + TimeSpan.FromSeconds(1);
            Instant at = _at = point.At!.Value + _shift;
            foreach (ref readonly TelemetryEntry entry in _batch.Entries(point))
                _model.RuleSet.TakeReading(_state, entry.Slot, _batch.Value(entry, _values), at, replaces: true);
            _batch.Apply(point, _values, at);
            _model.RuleSet.Observe(_state, new Observation { Values = _values, At = at }, _transitions, _corrections);
        }
        return _transitions.Count;
    }
}
