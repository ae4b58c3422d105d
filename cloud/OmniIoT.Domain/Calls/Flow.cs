using System.Collections.Frozen;

namespace OmniIoT.Domain.Calls;

/// <summary>A voice menu: what a caller hears and where it leads. Immutable, and whole: every exit leads to a node.</summary>
public sealed record Flow
{
    /// <summary>Without a node.</summary>
    internal static Flow None { get; } =
        new()
        {
            Id = "",
            Start = "",
            Nodes = FrozenDictionary<string, FlowNode>.Empty,
        };

    public required string Id { get; init; }

    public required string Start { get; init; }

    public required FrozenDictionary<string, FlowNode> Nodes { get; init; }

    /// <summary>Null: it changed since the call was there.</summary>
    public FlowNode? Find(string node) => Nodes.GetValueOrDefault(node);
}
