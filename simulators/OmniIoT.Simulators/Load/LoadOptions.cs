using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Simulators.Load;

/// <summary>What the load generator sends.</summary>
public sealed record LoadOptions
{
    public required HostAddress Host { get; init; }

    /// <summary>A device each.</summary>
    public int Connections { get; init; } = 100;

    /// <summary>Number of the first device: runs side by side have devices of their own.</summary>
    public int FirstDevice { get; init; }

    /// <summary>Messages that a connection has under way without an acknowledgement; 1 to 65,535.</summary>
    public int Window { get; init; } = 100;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Ends the run earlier when so many were acknowledged; 0 for no such end.</summary>
    public long Count { get; init; }

    /// <summary>Messages per second over all connections; 0 for as many as the host takes.</summary>
    public double Rate { get; init; }

    /// <summary>
    /// An open loop: each message has its time on an even schedule, and its latency counts from there, so that a stall
    /// of the host is felt by every message that should have been sent meanwhile. Needs a rate.
    /// </summary>
    public bool Paced { get; init; }

    /// <summary>Bytes of a message's payload, about; 150 to 8,192.</summary>
    public int PayloadBytes { get; init; } = 200;

    public QualityOfService Qos { get; init; } = QualityOfService.AtLeastOnce;

    /// <summary>A broker without accounts or REST: anonymous sign-in, no devices are made.</summary>
    public bool Plain { get; init; }

    /// <summary>The process to measure; null for the one that listens on the port.</summary>
    public int? HostProcessId { get; init; }
}
