using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Rules;
using OmniIoT.Devices.Time;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Outputs;

namespace OmniIoT.Edge.Rules;

/// <summary>
/// Judges what is measured by the local rules, with or without a link, and switches outputs while an alarm is active. The rules and their
/// memory are those of a model's on the platform. Safe for concurrent use.
/// </summary>
internal sealed partial class LocalRules : IDisposable
{
    private readonly Lock _lock = new();
    private readonly OutputBank _outputs;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _silence;
    private readonly List<RuleTransition> _transitions = [];
    private readonly List<AlarmCorrection> _corrections = [];
    private RuleBook _book;
    private MetricTable _values;
    private RuleState _state;
    private Instant _heardAt;
    private bool _isClosed;

    public LocalRules(RuleBook book, OutputBank outputs, TimeProvider time, ILogger logger)
    {
        (_book, _outputs, _time, _logger) = (book, outputs, time, logger);
        (_values, _state) = (new MetricTable(book.Schema), book.Rules.CreateState());
        _heardAt = Now;
        _silence = time.CreateTimer(_ => LookForSilence(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        AwaitSilence();
    }

    /// <summary>The rules in force.</summary>
    public RuleBook Book
    {
        get
        {
            lock (_lock)
                return _book;
        }
    }

    private Instant Now => Instant.FromTime(_time.GetUtcNow());

    /// <summary>What was measured; what no rule looks at is passed over.</summary>
    public void Observe(DateTimeOffset at, IReadOnlyList<(string Name, Measurement Value)> values)
    {
        // Changes of outputs come from under this lock, too.
        if (values.All(value => value.Name.StartsWith(OutputBank.MetricPrefix, StringComparison.Ordinal)))
            return;
        lock (_lock)
        {
            if (_isClosed || _book.Rules.Count == 0)
                return;
            Instant instant = Instant.FromTime(at);
            _heardAt = Now;
            foreach ((string name, Measurement value) in values)
                Take(name, value, instant);
            _book.Rules.Observe(_state, new Observation { Values = _values, At = instant }, _transitions, _corrections);
            _corrections.Clear();
            Act();
        }
    }

    /// <summary>Other rules from now on. What of them is unchanged goes on: its alarm, and since when its condition holds.</summary>
    public void Use(RuleBook book)
    {
        lock (_lock)
        {
            ArrayBufferWriter<byte> values = new();
            ArrayBufferWriter<byte> state = new();
            _values.Write(values);
            _book.Rules.WriteState(_state, state);
            _book = book;
            _values = MetricTable.Read(values.WrittenSpan, book.Schema);
            _state = book.Rules.ReadState(state.WrittenSpan);
            Act();
        }
    }

    /// <summary>No output is switched any more.</summary>
    public void Dispose()
    {
        lock (_lock)
            _isClosed = true;
        _silence.Dispose();
    }

    private void Take(string name, Measurement measured, Instant at)
    {
        if (!_book.Schema.TryFind(Encoding.UTF8.GetBytes(name), out int slot))
            return;
        MetricValue value = measured.IsState ? MetricValue.FromBoolean(measured.Value != 0) : MetricValue.FromNumber(measured.Value);
        _book.Rules.TakeReading(_state, slot, value, at, replaces: true);
        _values.Set(slot, value, at);
    }

    private void LookForSilence()
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            _book.Rules.CheckSilence(_state, _values, _heardAt, Now, _transitions);
            Act();
        }
    }

    private void Act()
    {
        foreach (RuleTransition transition in _transitions)
        {
            if (transition.Kind == RuleTransitionKind.Raised)
                LogRaised(_book.Type(transition.RuleIndex));
            else
                LogCleared(_book.Type(transition.RuleIndex));
        }
        _transitions.Clear();
        Dictionary<string, (bool On, string Rule)> held = new(StringComparer.Ordinal);
        for (int rule = 0; rule < _book.Rules.Count; rule++)
        {
            if (!_state.IsActive(rule))
                continue;
            // Where two contradict each other, the one that stands first counts.
            foreach ((string output, bool on) in _book.OutputsOf(rule))
                held.TryAdd(output, (on, _book.Type(rule)));
        }
        _outputs.Hold(held);
        AwaitSilence();
    }

    private void AwaitSilence()
    {
        TimeSpan? left = _book.Rules.NextSilenceDue(_state, _heardAt) is { } due ? due - Now : null;
        // A millisecond more: at the very moment it may not be due yet by the rules' own reckoning.
        _silence.Change(
            left is { } wait
                ? TimeSpan.FromMilliseconds(Math.Clamp(wait.TotalMilliseconds + 1, 1, int.MaxValue))
                : Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    [LoggerMessage(31, LogLevel.Warning, "Alarm {Type} of a local rule")]
    private partial void LogRaised(string type);

    [LoggerMessage(32, LogLevel.Information, "Alarm {Type} of a local rule is over")]
    private partial void LogCleared(string type);
}
