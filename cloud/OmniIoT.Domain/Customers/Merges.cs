using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace OmniIoT.Domain.Customers;

/// <summary>
/// Which customers are one person. Immutable; a merge into one that is merged away itself leads on to the last survivor.
/// Reads whatever was stored: of two merges of one id the first counts, and where merges lead in a circle, as nothing writes them
/// any more, all on it are one person and the latest merge says who answers.
/// </summary>
public sealed class Merges
{
    private readonly FrozenDictionary<string, string> _survivors;
    private readonly ILookup<string, string> _absorbed;
    private readonly ILookup<string, Merge> _byInto;

    private Merges(IReadOnlyCollection<Merge> merges)
    {
        Dictionary<string, Merge> byId = new(merges.Count, StringComparer.Ordinal);
        foreach (Merge merge in merges)
            byId.TryAdd(merge.Id, merge);
        _survivors = Resolve(byId).ToFrozenDictionary(StringComparer.Ordinal);
        _absorbed = _survivors
            .Where(pair => pair.Key != pair.Value)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ToLookup(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
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
    public IEnumerable<string> BearersOf(Identity identity, IEnumerable<string> holders) =>
        holders
            .GroupBy(SurvivorOf, StringComparer.Ordinal)
            .Select(person =>
                person.FirstOrDefault(id => !_byInto[id].Any(merge => merge.Gained.Identities.Contains(identity))) ?? person.First()
            );

    /// <summary>Who answers for each that was merged. Follows every merge once, however they hang together.</summary>
    private static Dictionary<string, string> Resolve(Dictionary<string, Merge> byId)
    {
        Dictionary<string, string> survivors = new(byId.Count, StringComparer.Ordinal);
        List<string> way = [];
        HashSet<string> onWay = new(StringComparer.Ordinal);
        foreach (string start in byId.Keys)
        {
            string end = start;
            while (!survivors.ContainsKey(end) && byId.TryGetValue(end, out Merge? merge) && onWay.Add(end))
            {
                way.Add(end);
                end = merge.Into;
            }
            string survivor =
                survivors.TryGetValue(end, out string? known) ? known
                : onWay.Contains(end) ? way.Skip(way.IndexOf(end)).Select(id => byId[id]).MaxBy(merge => merge.At)!.Into
                : end;
            foreach (string id in way)
                survivors[id] = survivor;
            way.Clear();
            onWay.Clear();
        }
        return survivors;
    }
}
