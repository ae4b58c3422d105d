using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Queue;
using OmniIoT.Mqtt.Client;

namespace OmniIoT.Edge.Settings;

/// <summary>How an agent is set up. Read by <see cref="AgentOptionsReader"/>.</summary>
public sealed record AgentOptions
{
    public required string DeviceId { get; init; }

    public required string Secret { get; init; }

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

    public string QueueDirectory { get; init; } = "omniiot-edge-queue";

    public QueueLimits Limits { get; init; } = new();

    /// <summary>Readings a second of what an outage left.</summary>
    public int BacklogPerSecond { get; init; } = 200;

    /// <summary>Settings that are there and that later versions obey.</summary>
    public IReadOnlyList<string> NotObeyed { get; init; } = [];

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{DeviceId} to {Host}:{Port}{(Tls is not null ? " (TLS)" : "")}, queue {QueueDirectory}";
}
