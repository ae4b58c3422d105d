namespace OmniIoT.Devices;

/// <summary>A command that devices of a model understand.</summary>
public sealed record CommandDefinition
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>What the model says about the arguments, as JSON text of an object; <c>{}</c> when it says nothing.</summary>
    public string Arguments { get; init; } = "{}";

    public TimeSpan Timeout { get; init; } = DefaultTimeout;
}
