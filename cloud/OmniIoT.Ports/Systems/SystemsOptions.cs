namespace OmniIoT.Ports.Systems;

/// <summary>How other systems are called.</summary>
public sealed record SystemsOptions
{
    /// <summary><c>OmniIoT:Webhooks:AllowPrivate</c>: they may lie in private networks, this machine among them.</summary>
    public bool AllowPrivate { get; init; }
}
