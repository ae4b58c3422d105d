using OmniIoT.Devices.Rules.Conditions;

namespace OmniIoT.Domain.Calls;

/// <summary>A way out of a node.</summary>
/// <param name="Place">Where the node says so, the names with slashes between them.</param>
/// <param name="To">A node's id.</param>
public readonly record struct FlowExit(string Place, string To)
{
    public static IEnumerable<FlowExit> Maybe(string place, string? to) => to is null ? [] : [new FlowExit(place, to)];
}

/// <summary>What a caller may press or say.</summary>
/// <param name="Key">The digits.</param>
/// <param name="Words">Said instead of them, by language; a word or more each.</param>
public sealed record FlowChoice(string Key, string Next, IReadOnlyDictionary<string, IReadOnlyList<string>> Words);

/// <summary>A way of a branch.</summary>
public sealed record FlowWay(Condition When, string Next);

/// <summary>What is heard in a queue.</summary>
/// <param name="IsSilent">Whether nothing is.</param>
/// <param name="Address">Of the music; null, where it is not silent: the provider's own.</param>
public sealed record FlowMusic(bool IsSilent, string? Address);
