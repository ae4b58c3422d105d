namespace OmniIoT.Edge.Updates;

/// <summary>Where the agent's versions lie, and whose are to be trusted.</summary>
internal sealed record UpdateOptions
{
    /// <summary>Holds the slots <c>a</c> and <c>b</c> and the link <c>current</c> to the one that runs.</summary>
    public required string Directory { get; init; }

    /// <summary>ECDSA P-256, in PEM: packages without its signature never run.</summary>
    public required string PublicKey { get; init; }

    /// <summary>So long a new version may take until it is connected and its sensors are read.</summary>
    public TimeSpan HealthCheck { get; init; } = TimeSpan.FromSeconds(60);
}
