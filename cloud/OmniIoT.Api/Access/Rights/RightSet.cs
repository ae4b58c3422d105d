using System.Collections.Frozen;
using OmniIoT.Domain.Text;

namespace OmniIoT.Api.Access.Rights;

/// <summary>Rights of the form <c>resource:read</c> and <c>resource:write</c>; whoever may write may read.</summary>
public readonly record struct RightSet
{
    // Two bits of each resource: the lower reads, the upper writes.
    private const ulong WriteBits = 0xAAAA_AAAA_AAAA_AAAA;

    /// <summary>What rights are of; the names are public contract. No more than 32.</summary>
    private static readonly string[] Resources =
    [
        "alarms",
        "appTokens", // With a customer's token one acts as the customer.
        "articles",
        "audit", // Who did what.
        "campaigns",
        "cases",
        "cluster",
        "commands", // What is sent to a device: commands, messages, desired settings.
        "conversations",
        "customers",
        "deadLetters",
        "devices", // Written: registered, removed, given secrets and certificates.
        "enrollments",
        "erasures", // Removing all that is known of a person.
        "exports", // Taking all that is known of a person out of the house.
        "keys",
        "models",
        "offers",
        "people", // Agents, their roles, what the roles may do, and the sessions of others.
        "places",
        "queues",
        "reports",
        "settings", // What is for administrators: channels, closed pages, Orleans' dashboard.
    ];

    private static readonly FrozenDictionary<string, ulong> Bits = Resources
        .SelectMany((name, place) => new[] { (name + ":read", 1UL << (2 * place)), (name + ":write", 2UL << (2 * place)) })
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    private readonly ulong _bits;

    private RightSet(ulong bits) => _bits = bits;

    public static RightSet None => default;

    public static RightSet All { get; } = new(Bits.Values.Aggregate(0UL, (all, bit) => all | bit));

    /// <summary>The names of all rights there are.</summary>
    public static IReadOnlyList<string> AllNames { get; } = All.Names;

    /// <summary>Their names as they were given, by resource.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            ulong bits = _bits;
            return [.. Bits.Where(pair => (bits & pair.Value) != 0).OrderBy(pair => pair.Value).Select(pair => pair.Key)];
        }
    }

    private ulong Effective => _bits | ((_bits & WriteBits) >> 1);

    public static RightSet operator |(RightSet a, RightSet b) => new(a._bits | b._bits);

    /// <exception cref="KeyNotFoundException">Nobody knows one of the names.</exception>
    public static RightSet Of(params IEnumerable<string> names) => new(names.Aggregate(0UL, (all, name) => all | Bits[name]));

    /// <summary>Reads what was stored: names that nobody knows, which a later version may have written, give nothing.</summary>
    public static RightSet Stored(IEnumerable<string> names) =>
        new(names.Aggregate(0UL, (all, name) => all | Bits.GetValueOrDefault(name)));

    /// <summary>What is wrong with a name; null when it is one.</summary>
    public static string? FindMistake(string? name) =>
        name is not null && Bits.ContainsKey(name) ? null : NearestName.Explain(name ?? "", AllNames);

    /// <summary>Whether any of these is among them.</summary>
    public bool HasAnyOf(RightSet wanted) => (Effective & wanted._bits) != 0;

    /// <inheritdoc cref="HasAnyOf(RightSet)"/>
    public bool Has(string name) => (Effective & Bits[name]) != 0;

    /// <summary>Whether all of these are among them.</summary>
    public bool Covers(RightSet others) => (others.Effective & ~Effective) == 0;
}
