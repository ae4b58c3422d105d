using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Rules.Binding;
using OmniIoT.Devices.Rules.History;
using OmniIoT.Devices.Rules.Nodes;
using OmniIoT.Devices.Rules.Windows;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Rules;

/// <summary>The rules of a model, compiled once and shared by all its devices. Immutable and safe for concurrent use.</summary>
public sealed partial class RuleSet
{
    private readonly Rule[] _rules;
    private readonly int _durations;
    private readonly string[][] _reportedPaths;
    private readonly (int Slot, ulong Key)[] _anomalies;
    private readonly WindowDefinition[] _windows;
    private readonly ulong[] _windowKeys;
    private readonly ulong[] _sharedWindowKeys;
    private readonly int[][] _windowsOfSlot;
    private readonly int[] _windowsOfEvents;
    private readonly HistoryScope? _history;
    private readonly bool[] _slotsOfHistory;

    /// <summary>What is known of a device that was never heard; never changed.</summary>
    private readonly Checkpoint? _nothing;

    internal RuleSet(Rule[] rules, RuleBinder binder, MetricSchema schema)
    {
        _rules = rules;
        _durations = binder.DurationCount;
        _anomalies = [.. binder.AnomalySlots.Select(slot => (slot, RuleHash.Of($"anomaly {schema.Name(slot)}")))];
        _windows = [.. binder.Windows];
        _windowKeys = [.. _windows.Select(window => window.Key(schema))];
        _sharedWindowKeys = [.. _windows.Select(window => window.SharedKey(schema))];
        ILookup<int, int> bySlot = Enumerable.Range(0, _windows.Length).ToLookup(index => _windows[index].Slot);
        _windowsOfSlot = [.. Enumerable.Range(0, schema.Count).Select(slot => bySlot[slot].ToArray())];
        _windowsOfEvents = [.. bySlot[-1]];
        _history = HistoryScope.Of(rules, binder.TermCount);
        _slotsOfHistory =
        [
            .. Enumerable
                .Range(0, _history?.Slots ?? 0)
                .Select(slot => Array.Exists(rules, rule => rule.LooksAtReadingsOnly && rule.LooksAt(slot))),
        ];
        _nothing = _history is null ? null : Checkpoint.OfNothing(rules.Length, _durations, _history.Slots);
        _reportedPaths = [.. binder.ReportedPaths.Select(path => path.Split('.'))];
    }

    /// <summary>As many as <see cref="DeviceModel.Rules"/>, in the same order.</summary>
    public int Count => _rules.Length;

    public Rule this[int index] => _rules[index];

    /// <summary>-1 when no rule has that type.</summary>
    public int IndexOf(string type) => Array.FindIndex(_rules, rule => rule.Type == type);

    /// <summary>For a device that was never heard.</summary>
    public RuleState CreateState() =>
        new(_rules.Length, _durations, _reportedPaths.Length, _anomalies.Length, [.. _windows.Select(window => window.Open())])
        {
            History = _history is null ? null : new ReadingHistory(_history),
        };

    /// <summary>
    /// Judges every rule after one message whose values are already in the table. One that is older than the newest is judged where it
    /// lies, as far as the history reaches back; beyond that, and by rules that look at more than readings, counts what it tells anew:
    /// the newest value of a metric, a reading within a window, an event, that the device is not silent.
    /// </summary>
    /// <param name="output">Alarms that begin or end now.</param>
    /// <param name="corrections">What a late message makes different of alarms that were told, or of what was before them.</param>
    public void Observe(RuleState state, in Observation observation, List<RuleTransition> output, List<AlarmCorrection> corrections)
    {
        long at = observation.At.UnixMilliseconds;
        Evaluation evaluation = new Evaluation
        {
            Slots = observation.Values.Slots,
            State = state,
            At = at,
            Advances = at >= state.NewestAt || !observation.MovesTime,
            MovesTime = observation.MovesTime,
            EventType = observation.EventType,
            EventCode = observation.EventCode,
        };
        TakeEvent(state, observation);
        bool isJudgedWhereItLies = Remember(state, observation, evaluation.Advances, corrections);
        for (int i = 0; i < _rules.Length; i++)
        {
            Rule rule = _rules[i];
            if (!evaluation.Advances && ((isJudgedWhereItLies && rule.LooksAtReadingsOnly) || !MovesWhenLate(rule, evaluation)))
                continue;
            if (!evaluation.Advances && rule.LooksAtReadingsOnly)
                state.History!.Forget();
            Judge(i, evaluation, output);
        }
        if (!observation.MovesTime || !evaluation.Advances)
            return;
        state.NewestAt = at;
        state.History?.Note(state, evaluation.Slots);
    }

    private void Judge(int index, in Evaluation evaluation, List<RuleTransition> output)
    {
        Rule rule = _rules[index];
        RuleState state = evaluation.State;
        bool isActive = state.Alarms[index].IsActive;
        bool holds = rule.When.Node.Evaluate(evaluation) == Truth.True;
        // What looks back over time is decided by where device time stands, not by the late reading that tipped it.
        bool looksBack = isActive ? rule.ClearLooksBack : rule.When.LooksBack;
        long decidedAt = looksBack && !evaluation.Advances ? rule.DecidesAt(evaluation, isActive) : evaluation.At;
        if (isActive)
        {
            if (Clears(rule, evaluation))
                Clear(state, index, decidedAt, rule.Value(evaluation.Slots), output);
        }
        else if (holds)
            Raise(state, index, decidedAt, FirstSymptomAt(rule, state, decidedAt), rule.Value(evaluation.Slots), output);
    }

    /// <summary>How long an alarm must be over to be cleared counts from when its condition ended.</summary>
    private static bool Clears(Rule rule, in Evaluation evaluation)
    {
        Span<long> durations = evaluation.State.Since.AsSpan(rule.ClearDurations);
        bool stands = durations.Length > 0 && evaluation.Advances && rule.Stands(evaluation);
        if (stands)
            durations.Fill(RuleState.Never);
        bool clears = rule.Clears(evaluation);
        if (stands)
            durations.Fill(RuleState.Never);
        return clears;
    }

    /// <summary>
    /// Tells the rules of the twin's reported properties: after a state is made or restored, and after every change,
    /// before the message that brought it is observed.
    /// </summary>
    public void SetReported(RuleState state, JsonObject reported)
    {
        for (int i = 0; i < _reportedPaths.Length; i++)
        {
            JsonNode? node = reported;
            foreach (string name in _reportedPaths[i])
                node = (node as JsonObject)?[name];
            state.Reported[i] = ReportedValue(node);
        }
    }

    /// <summary>Whether what raises the rule's alarm is so by the newest values, for however long; asked between messages.</summary>
    public bool StillHolds(RuleState state, int ruleIndex, MetricTable values) =>
        _rules[ruleIndex]
            .Stands(
                new Evaluation
                {
                    Slots = values.Slots,
                    State = state,
                    At = state.NewestAt,
                    Advances = false,
                }
            );

    /// <summary>A person clears the alarm; null when none stands.</summary>
    public RuleTransition? ClearByHand(RuleState state, int ruleIndex, Instant at)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ruleIndex, _rules.Length);
        ref RuleState.Alarm alarm = ref state.Alarms[ruleIndex];
        if (!alarm.IsActive)
            return null;
        Instant firstSymptomAt = new(alarm.FirstSymptomAt);
        alarm = RuleState.Alarm.None;
        state.History?.Forget();
        return new RuleTransition(ruleIndex, RuleTransitionKind.Cleared, at, firstSymptomAt, null);
    }

    private static bool MovesWhenLate(Rule rule, in Evaluation evaluation) =>
        rule.HasWindows
        || rule.HearsNewest(evaluation)
        || (rule.When.WaitsForEvent && !(evaluation.EventType.IsEmpty && evaluation.EventCode.IsEmpty))
        || (rule.WaitsForSilence && !rule.HasOwnClear);

    private void Raise(RuleState state, int index, long at, long firstSymptomAt, double? value, List<RuleTransition> output)
    {
        state.Alarms[index] = new RuleState.Alarm { RaisedAt = at, FirstSymptomAt = firstSymptomAt };
        // What clears an alarm must hold from its raising on, not from before it.
        state.Since.AsSpan(_rules[index].ClearDurations).Fill(RuleState.Never);
        output.Add(new(index, RuleTransitionKind.Raised, new Instant(at), new Instant(firstSymptomAt), value));
    }

    private static void Clear(RuleState state, int index, long at, double? value, List<RuleTransition> output)
    {
        ref RuleState.Alarm alarm = ref state.Alarms[index];
        output.Add(
            new(index, RuleTransitionKind.Cleared, new Instant(Math.Max(at, alarm.RaisedAt)), new Instant(alarm.FirstSymptomAt), value)
        );
        alarm = RuleState.Alarm.None;
    }

    /// <summary>The start of the longest duration that is running.</summary>
    private static long FirstSymptomAt(Rule rule, RuleState state, long at)
    {
        foreach (long since in state.Since.AsSpan(rule.When.Durations))
            if (since != RuleState.Never && since < at)
                at = since;
        return at;
    }

    private static MetricValue ReportedValue(JsonNode? node) =>
        node?.GetValueKind() switch
        {
            JsonValueKind.Number => MetricValue.FromNumber(node.GetValue<double>()),
            JsonValueKind.True => MetricValue.FromBoolean(true),
            JsonValueKind.False => MetricValue.FromBoolean(false),
            JsonValueKind.String => MetricValue.FromText(node.GetValue<string>()),
            _ => default,
        };
}
