using OmniIoT.Devices;
using OmniIoT.Dialects.Sparkplug.Nodes;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>How this platform is a Sparkplug B host application.</summary>
public sealed record SparkplugOptions
{
    /// <summary>What it calls itself in its STATE topics: an id. Default <c>omniiot</c>.</summary>
    public string HostId { get; init; } = "omniiot";

    /// <summary>Whether a device behind a node that nobody registered is registered at its birth. Default true.</summary>
    public bool AutoRegister { get; init; } = true;

    /// <summary>How patient it is with its nodes.</summary>
    public EdgeNodeSettings Nodes { get; init; } = new();

    /// <summary>Every mistake, each with the name of its option and what is allowed; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> mistakes = [];
        if (!Identifier.IsValid(HostId))
            mistakes.Add($"{nameof(HostId)} is '{HostId}'; allowed is {Identifier.Allowed}.");
        if (Nodes.ReorderWait < TimeSpan.Zero || Nodes.ReorderWait > TimeSpan.FromMinutes(1))
            mistakes.Add($"{nameof(Nodes.ReorderWait)} is {Nodes.ReorderWait}; allowed is 0 to 1 minute.");
        if (Nodes.MaximumDevices < 0)
            mistakes.Add($"{nameof(Nodes.MaximumDevices)} is {Nodes.MaximumDevices}; allowed is 0 or more.");
        return mistakes;
    }
}
