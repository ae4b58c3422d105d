using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Queue;

namespace OmniIoT.Edge.Outputs;

/// <summary>
/// The agent's outputs. Each is idle from the start, follows desired properties and commands, and above those the local rules whose alarm
/// is active, tells every change as the metric <c>outputs.{id}</c>, and is idle again at the end. Safe for concurrent use.
/// </summary>
internal sealed partial class OutputBank : IDisposable
{
    /// <summary>The desired and reported property: <c>{"outputs":{"fan":true}}</c>.</summary>
    public const string Property = "outputs";

    /// <summary>What the metrics of outputs begin with.</summary>
    public const string MetricPrefix = Property + ".";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries;
    private readonly ReadingSink _sink;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private bool _isClosed;

    public OutputBank(IReadOnlyList<OutputSpec> specs, Board board, ReadingSink sink, TimeProvider time, ILogger logger)
    {
        _entries = specs.ToDictionary(spec => spec.Id, spec => new Entry(spec, board.Open(spec)), StringComparer.Ordinal);
        (_sink, _time, _logger) = (sink, time, logger);
    }

    /// <summary>
    /// Brings every output from whatever it was to its idle state. One that fails is logged, and tried again when it is switched.
    /// </summary>
    public void Start()
    {
        lock (_lock)
        {
            foreach (Entry entry in _entries.Values)
                TrySwitch(entry, entry.Wanted, out _);
        }
    }

    /// <summary>
    /// Switches what the desired properties name. A value that was applied already is not applied again, so that the same
    /// properties, sent anew after a reconnection, do not undo what a command did since.
    /// </summary>
    /// <param name="errors">Gets what is wrong by its place, as <c>outputs.fan</c>.</param>
    public void Apply(JsonObject desired, IDictionary<string, string> errors)
    {
        if (desired[Property] is { } node and not JsonObject)
            errors[Property] = $"'{node}' is no object of outputs";
        lock (_lock)
        {
            foreach ((string id, JsonNode? value) in desired[Property] as JsonObject ?? [])
            {
                if (Apply(id, value) is { } error)
                    errors[$"{Property}.{id}"] = error;
            }
        }
    }

    /// <summary>Switches one output now. False when there is none of that id, a rule holds it, or it fails.</summary>
    public bool TrySwitch(string id, bool on, [NotNullWhen(false)] out string? failure)
    {
        lock (_lock)
        {
            failure = "is no output of this agent";
            if (!_entries.TryGetValue(id, out Entry? entry))
                return false;
            failure = $"the rule '{entry.Held?.Rule}' holds it";
            if (entry.Held is { } held && held.On != on)
                return false;
            if (!TrySwitch(entry, on, out failure))
                return false;
            entry.Wanted = on;
            return true;
        }
    }

    /// <summary>
    /// What rules ask for now: an output that is named is so, whatever else is wanted of it; one that no rule names any more is as it is
    /// wanted. One that fails is tried again with the next call.
    /// </summary>
    public void Hold(IReadOnlyDictionary<string, (bool On, string Rule)> held)
    {
        lock (_lock)
        {
            foreach (Entry entry in _entries.Values)
            {
                bool isHeld = held.TryGetValue(entry.Spec.Id, out (bool On, string Rule) by);
                if (_isClosed || (!isHeld && entry.Held is null))
                    continue;
                bool on = isHeld ? by.On : entry.Wanted;
                bool isThere = entry.IsOn == on || TrySwitch(entry, on, out _);
                // Until it is switched back, it counts as held.
                if (isHeld)
                    entry.Held = by;
                else if (isThere)
                    entry.Held = null;
            }
        }
    }

    /// <summary>The state of each; null for one that fails.</summary>
    public JsonObject ToReported()
    {
        lock (_lock)
            return new(_entries.Values.Select(entry => KeyValuePair.Create(entry.Spec.Id, (JsonNode?)entry.IsOn)));
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (Entry entry in _entries.Values)
                entry.Output.Dispose();
        }
    }

    private string? Apply(string id, JsonNode? value)
    {
        if (value is not JsonValue boolean || !boolean.TryGetValue<bool>(out bool on))
            return $"'{value}' is not true or false";
        if (!_entries.TryGetValue(id, out Entry? entry))
            return "is no output of this agent";
        if (entry.Desired == on)
            return null;
        if (entry.Held is null && !TrySwitch(entry, on, out string? failure))
            return failure;
        entry.Desired = entry.Wanted = on;
        return null;
    }

    private bool TrySwitch(Entry entry, bool on, [NotNullWhen(false)] out string? failure)
    {
        bool? before = entry.IsOn;
        if (!entry.Output.TrySwitch(on, out failure))
        {
            // A rule tries again with every reading.
            if (failure != entry.Failure)
                LogFailed(entry.Spec.Id, failure);
            (entry.IsOn, entry.Failure) = (null, failure);
            return false;
        }
        (entry.IsOn, entry.Failure) = (on, null);
        if (before != on)
            _sink.Add(_time.GetUtcNow(), [($"{Property}.{entry.Spec.Id}", Measurement.State(entry.Spec.Id, on))], ReadingPriority.High);
        return true;
    }

    [LoggerMessage(40, LogLevel.Error, "Output {Id} cannot be switched: {Reason}")]
    private partial void LogFailed(string id, string reason);

    private sealed class Entry(OutputSpec spec, IOutput output)
    {
        public OutputSpec Spec => spec;

        public IOutput Output => output;

        /// <summary>Null: not known, as it failed.</summary>
        public bool? IsOn { get; set; }

        /// <summary>The desired value that was applied last.</summary>
        public bool? Desired { get; set; }

        /// <summary>What it is while no rule holds it.</summary>
        public bool Wanted { get; set; } = spec.IsOnWhenIdle;

        /// <summary>By which rule, and how; null: by none.</summary>
        public (bool On, string Rule)? Held { get; set; }

        /// <summary>Why it could not be switched last; null when it could.</summary>
        public string? Failure { get; set; }
    }
}
