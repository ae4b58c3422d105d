using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace OmniIoT.Domain.Customers;

/// <summary>Which customers are one person. Immutable; a merge into one that is merged away itself leads on to the last survivor.</summary>
public sealed class Merges
{
    private readonly FrozenDictionary<string, string> _survivors;
    private readonly ILookup<string, string> _absorbed;
    private readonly ILookup<string, Merge> _byInto;

    private Merges(IReadOnlyCollection<Merge> merges)
    {
        Dictionary<string, string> into = merges.ToDictionary(merge => merge.Id, merge => merge.Into, StringComparer.Ordinal);
        _survivors = into.Keys.ToFrozenDictionary(id => id, id => LastOf(id, into), StringComparer.Ordinal);
        _absorbed = _survivors.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToLookup(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
        _byInto = merges.ToLookup(merge => merge.Into, StringComparer.Ordinal);
    }

    public static Merges None { get; } = new([]);

    public static Merges Of(IReadOnlyCollection<Merge> merges) => new(merges);

    /// <summary>Who answers for the id: itself unless it was merged away.</summary>
    [return: NotNullIfNotNull(nameof(id))]
    public string? SurvivorOf(string? id) => id is null ? null : _survivors.GetValueOrDefault(id, id);

    /// <summary>All ids of the person that the id belongs to, the survivor first.</summary>
    public IReadOnlyList<string> MembersOf(string id)
    {
        string survivor = SurvivorOf(id);
        return [survivor, .. _absorbed[survivor]];
    }

    public bool AreOne(string? id, string? other) => SurvivorOf(id) == SurvivorOf(other);

    /// <summary>
    /// Of the customers that have an identity, one for each person: where several are one person, who had it before they were
    /// merged, so that what comes of it stays theirs.
    /// </summary>
    public IEnumerable<string> BearersOf(Identity identity, IEnumerable<string> holders) => holders
        .GroupBy(SurvivorOf, StringComparer.Ordinal)
        .Select(person => person.FirstOrDefault(id => !_byInto[id].Any(merge => merge.Gained.Identities.Contains(identity))) ?? person.First());

    private static string LastOf(string id, Dictionary<string, string> into)
    {
        while (into.TryGetValue(id, out string? next)) id = next;
        return id;
    }
}
