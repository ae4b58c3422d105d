using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Settings;

/// <summary>
/// How often each sensor is read: as its settings say until the twin's desired properties say otherwise. Safe for concurrent use.
/// </summary>
public sealed class LiveSettings(IReadOnlyList<SensorSpec> sensors)
{
    /// <summary>The desired property: <c>{"sampling":{"s1":{"every":"200ms"}}}</c>.</summary>
    public const string Sampling = "sampling";

    private const string Interval = "every";

    /// <summary>No sensor is read more often.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, TimeSpan> _every = sensors.ToDictionary(
        sensor => sensor.Id,
        sensor => sensor.Every,
        StringComparer.Ordinal
    );
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string Allowed => $"{Duration.Allowed}, {Text(Shortest)} to {Text(Longest)}";

    /// <summary>Completes at the next change, for whoever waits by an old setting.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
                return _changed.Task;
        }
    }

    public TimeSpan Every(string sensorId)
    {
        lock (_lock)
            return _every[sensorId];
    }

    /// <summary>
    /// Takes the desired properties as a whole: a sensor that they do not name is read as its settings say. What is not
    /// understood leaves that sensor as it was and is told.
    /// </summary>
    /// <param name="errors">Gets what is wrong by its place, as <c>sampling.s1.every</c>.</param>
    public void Apply(JsonObject desired, IDictionary<string, string> errors)
    {
        if (desired[Sampling] is { } node and not JsonObject)
            errors[Sampling] = $"'{node}' is no object of sensors";
        JsonObject wanted = desired[Sampling] as JsonObject ?? [];
        foreach ((string id, _) in wanted.Where(sensor => sensors.All(known => known.Id != sensor.Key)))
            errors[$"{Sampling}.{id}"] = "is no sensor of this agent";
        lock (_lock)
        {
            foreach (SensorSpec sensor in sensors)
            {
                if (Wanted(sensor, wanted[sensor.Id], errors) is { } every)
                    _every[sensor.Id] = every;
            }
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>What is in force, for the twin's reported properties.</summary>
    public JsonObject ToReported()
    {
        lock (_lock)
            return new(
                _every.Select(sensor => KeyValuePair.Create(sensor.Key, (JsonNode?)new JsonObject { [Interval] = Text(sensor.Value) }))
            );
    }

    /// <summary>An interval in the agent's settings, within the same bounds.</summary>
    internal static TimeSpan IntervalOf(SettingsSection section, string key, TimeSpan standard)
    {
        if (section.Text(key) is not { } text)
            return standard;
        if (TryParse(text, out TimeSpan every))
            return every;
        section.Mistake(key, text, Allowed);
        return standard;
    }

    /// <summary>Null keeps the last good one.</summary>
    private static TimeSpan? Wanted(SensorSpec sensor, JsonNode? node, IDictionary<string, string> errors)
    {
        foreach ((string name, _) in (node as JsonObject ?? []).Where(setting => setting.Key != Interval))
            errors[$"{Sampling}.{sensor.Id}.{name}"] = $"is no setting of a sensor; there is {Interval}";
        JsonNode? every = node is JsonObject settings ? settings[Interval] : node;
        if (every is null)
            return sensor.Every;
        if (
            node is JsonObject
            && every is JsonValue value
            && value.TryGetValue<string>(out string? text)
            && TryParse(text, out TimeSpan span)
        )
            return span;
        errors[$"{Sampling}.{sensor.Id}.{Interval}"] = $"'{every}' is not {Allowed}";
        return null;
    }

    private static bool TryParse(string text, out TimeSpan every) =>
        Duration.TryParse(text, out every) && every >= Shortest && every <= Longest;

    /// <summary>As settings write it.</summary>
    internal static string Text(TimeSpan every) =>
        every.Ticks % TimeSpan.TicksPerSecond == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{every.TotalSeconds}s")
            : string.Create(CultureInfo.InvariantCulture, $"{every.TotalMilliseconds}ms");
}
