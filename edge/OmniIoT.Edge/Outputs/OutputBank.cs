using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Queue;

namespace OmniIoT.Edge.Outputs;

/// <summary>
/// The agent's outputs. Each is idle from the start, follows desired properties and commands, tells every change as the metric
/// <c>outputs.{id}</c>, and is idle again at the end. Not safe for concurrent use.
/// </summary>
internal sealed partial class OutputBank : IDisposable
{
    /// <summary>The desired and reported property: <c>{"outputs":{"fan":true}}</c>.</summary>
    public const string Property = "outputs";

    private readonly Dictionary<string, Entry> _entries;
    private readonly ReadingSink _sink;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

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
        foreach (Entry entry in _entries.Values)
            TrySwitch(entry, entry.Spec.IsOnWhenIdle, out _);
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
        foreach ((string id, JsonNode? value) in desired[Property] as JsonObject ?? [])
        {
            if (Apply(id, value) is { } error)
                errors[$"{Property}.{id}"] = error;
        }
    }

    /// <summary>Switches one output now. False when there is none of that id, or it fails.</summary>
    public bool TrySwitch(string id, bool on, [NotNullWhen(false)] out string? failure)
    {
        if (_entries.TryGetValue(id, out Entry? entry))
            return TrySwitch(entry, on, out failure);
        failure = "is no output of this agent";
        return false;
    }

    /// <summary>The state of each; null for one that fails.</summary>
    public JsonObject ToReported() => new(_entries.Values.Select(entry => KeyValuePair.Create(entry.Spec.Id, (JsonNode?)entry.IsOn)));

    public void Dispose()
    {
        foreach (Entry entry in _entries.Values)
            entry.Output.Dispose();
    }

    private string? Apply(string id, JsonNode? value)
    {
        if (value is not JsonValue boolean || !boolean.TryGetValue<bool>(out bool on))
            return $"'{value}' is not true or false";
        if (!_entries.TryGetValue(id, out Entry? entry))
            return "is no output of this agent";
        if (entry.Desired == on)
            return null;
        if (!TrySwitch(entry, on, out string? failure))
            return failure;
        entry.Desired = on;
        return null;
    }

    private bool TrySwitch(Entry entry, bool on, [NotNullWhen(false)] out string? failure)
    {
        bool? before = entry.IsOn;
        bool switched = entry.Output.TrySwitch(on, out failure);
        entry.IsOn = switched ? on : null;
        if (!switched)
            LogFailed(entry.Spec.Id, failure!);
        else if (before != on)
            _sink.Add(_time.GetUtcNow(), [($"{Property}.{entry.Spec.Id}", Measurement.State(entry.Spec.Id, on))], ReadingPriority.High);
        return switched;
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
    }
}
