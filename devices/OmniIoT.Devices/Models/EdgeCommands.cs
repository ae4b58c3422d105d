namespace OmniIoT.Devices.Models;

/// <summary>Commands that every device behind an edge node takes, and the node itself, whatever its model says.</summary>
public static class EdgeCommands
{
    /// <summary>Sets the metrics that its arguments name.</summary>
    public const string Write = "write";

    /// <summary>Asks the edge node to say anew what it and its devices are and measure.</summary>
    public const string Rebirth = "rebirth";

    /// <summary>Restarts the edge node.</summary>
    public const string Reboot = "reboot";

    public static IReadOnlyList<string> All { get; } = [Write, Rebirth, Reboot];
}
