using OmniIoT.Dialects.Sparkplug.Commands;
using OmniIoT.Dialects.Sparkplug.Nodes;
using OmniIoT.Domain;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>A node that speaks over a link. Its state machine and its commands are touched under <see cref="Lock"/>.</summary>
internal sealed class LinkedNode(string group, string name, EdgeNodeSettings settings)
{
    public string Group { get; } = group;

    public string Name { get; } = name;

    public Lock Lock { get; } = new();

    public EdgeNode Node { get; } = new(settings);

    /// <summary>Commands on their way to the node and its devices.</summary>
    public List<(LiveTarget Target, PendingCommand Command)> Pending { get; } = [];

    /// <summary>The node itself while it is born. Touched in the link's turn only, as <see cref="Devices"/>.</summary>
    public LiveTarget? Self { get; set; }

    /// <summary>Devices that are born, by what the node calls them.</summary>
    public Dictionary<string, LiveTarget> Devices { get; } = new(StringComparer.Ordinal);

    /// <summary>Devices whose birth was missed, as far as they were looked up; null: there is none of ours.</summary>
    public Dictionary<string, EntityId?> Unborn { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the platform knows that its device is a node.</summary>
    public bool IsMarked { get; set; }
}
