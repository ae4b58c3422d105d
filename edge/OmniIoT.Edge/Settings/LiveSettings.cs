using System.Text.Json.Nodes;

namespace OmniIoT.Edge;

/// <summary>What the twin's desired properties can change while the agent runs. Safe for concurrent use.</summary>
public sealed class LiveSettings(TimeSpan samplingInterval)
{
    /// <summary>The setting's name in the twin, seconds from 0.1 to 86,400.</summary>
    public const string SamplingIntervalSeconds = "samplingIntervalSeconds";

    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TimeSpan SamplingInterval { get; private set; } = samplingInterval;

    /// <summary>Completes at the next change, for whoever waits by an old setting.</summary>
    public Task Changed
    {
        get { lock (_lock) return _changed.Task; }
    }

    /// <summary>Takes what is understood and possible; the rest is left as it was.</summary>
    public void Apply(JsonObject desired)
    {
        if (desired[SamplingIntervalSeconds] is not JsonValue value || !value.TryGetValue<double>(out var seconds)) return;
        if (!(seconds >= 0.1) || seconds > 86_400) return;
        lock (_lock)
        {
            SamplingInterval = TimeSpan.FromSeconds(seconds);
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>What is in force, for the twin's reported properties.</summary>
    public JsonObject ToReported() => new() { [SamplingIntervalSeconds] = SamplingInterval.TotalSeconds };
}
