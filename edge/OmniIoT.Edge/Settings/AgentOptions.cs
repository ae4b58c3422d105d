using OmniIoT.Edge.Enrolment;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Local;
using OmniIoT.Edge.Queue;
using OmniIoT.Edge.Rules;
using OmniIoT.Edge.Updates;
using OmniIoT.Mqtt.Client;

namespace OmniIoT.Edge.Settings;

/// <summary>How an agent is set up. Read by <see cref="AgentOptionsReader"/>.</summary>
public sealed record AgentOptions
{
    public required string DeviceId { get; init; }

    /// <summary>Empty while there is none yet and <see cref="Enrolment"/> is to bring it.</summary>
    public required string Secret { get; init; }

    /// <summary>How it registers itself; null: it has its secret.</summary>
    internal EnrolmentOptions? Enrolment { get; init; }

    /// <summary>Where the platform's MQTT is.</summary>
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 1883;

    /// <summary>Null: plain TCP.</summary>
    public MqttTlsOptions? Tls { get; init; }

    /// <summary>How often a sensor is read whose settings do not say it.</summary>
    public TimeSpan SamplingInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where sysfs is mounted.</summary>
    public string Sysfs { get; init; } = "/sys";

    /// <summary>Nothing named: every sensor that the kernel shows.</summary>
    public IReadOnlyList<SensorSpec> Sensors { get; init; } = [];

    public IReadOnlyList<OutputSpec> Outputs { get; init; } = [];

    /// <summary>What is switched here, whatever the cloud says; null: nothing.</summary>
    internal RuleBook? Rules { get; init; }

    /// <summary>Where devices beside the agent may publish; null: nowhere.</summary>
    internal LocalOptions? Local { get; init; }

    /// <summary>Where versions of the agent lie; null: it is not updated.</summary>
    internal UpdateOptions? Updates { get; init; }

    public string QueueDirectory { get; init; } = "omniiot-edge-queue";

    public QueueLimits Limits { get; init; } = new();

    /// <summary>Readings a second of what an outage left.</summary>
    public int BacklogPerSecond { get; init; } = 200;

    /// <summary>The sensors that are read: those named, or what the kernel shows now.</summary>
    internal IReadOnlyList<SensorSpec> SensorsOn(Board board) =>
        Sensors.Count > 0 ? Sensors : [.. board.Discover().Select(spec => spec with { Every = SamplingInterval })];

    /// <summary>What local rules can speak of.</summary>
    internal RuleNames Names(Board board)
    {
        Dictionary<string, TimeSpan> metrics = new(StringComparer.Ordinal);
        foreach (SensorSpec spec in SensorsOn(board))
        foreach (string name in NamesOf(spec, board))
            metrics.TryAdd(name, spec.Every);
        foreach (LocalMapping mapping in Local?.Map ?? [])
            metrics.TryAdd(mapping.Metric, SamplingInterval);
        return new RuleNames(metrics, Outputs.Select(output => output.Id).ToHashSet(StringComparer.Ordinal));
    }

    private static IEnumerable<string> NamesOf(SensorSpec spec, Board board)
    {
        if (spec.Metrics.Count > 0)
            return spec.Metrics.Select(metric => metric.Name);
        try
        {
            using ISensor sensor = board.Open(spec);
            return sensor.Quantities.Select(quantity => quantity.Name);
        }
        catch (WrongSettingException)
        {
            // Told where the sensor is read.
            return [];
        }
    }

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{DeviceId} to {Host}:{Port}{(Tls is not null ? " (TLS)" : "")}, queue {QueueDirectory}";
}
