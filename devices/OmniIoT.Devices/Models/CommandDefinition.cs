namespace OmniIoT.Devices.Models;

/// <summary>A command that devices of a model understand.</summary>
public sealed record CommandDefinition
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>What the model says about the arguments, as JSON text of an object; <c>{}</c> when it says nothing.</summary>
    public string Arguments { get; init; } = "{}";

    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>
    /// Whether the console asks before it sends the command: what it does cannot be taken back, or stops something. Null: the model does
    /// not say, and the name decides (stop, restart, reset and the like). Remedies and calls of the API are never asked.
    /// </summary>
    public bool? Confirm { get; init; }
}
