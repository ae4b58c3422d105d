namespace OmniIoT.Simulators.Replay;

/// <summary>What to replay, and as what.</summary>
public sealed record ReplayOptions
{
    public required HostAddress Host { get; init; }

    public required string File { get; init; }

    public required string DeviceId { get; init; }

    public required string Metric { get; init; }

    /// <summary>Device seconds per second of ours; 0 for as fast as the host acknowledges.</summary>
    public double Speed { get; init; }

    /// <summary>File of labelled failures; null for none.</summary>
    public string? WindowsFile { get; init; }
}
