using OmniIoT.Domain.Effects;

namespace OmniIoT.Sql.Writing;

/// <summary>What merges of customers rest on; each store looks it up within its transaction.</summary>
internal static class MergeConditions
{
    /// <summary>
    /// Whether what the merges of a unit rest on is no longer true, each judged by what is stored and what the unit did before it:
    /// nobody is merged twice, nobody into one who is merged away or into themselves, so that merges never lead in a circle.
    /// </summary>
    public static bool AreStale(IEnumerable<Effect> unit, Func<string, bool> isMerged, Func<string, bool> isStored)
    {
        Dictionary<string, bool>? changed = null;
        bool IsMerged(string id) => changed?.TryGetValue(id, out bool known) == true ? known : isMerged(id);
        foreach (Effect effect in unit)
        {
            switch (effect)
            {
                case PutMerge { Merge: var merge }:
                    if (merge.Id == merge.Into || IsMerged(merge.Id) || IsMerged(merge.Into))
                        return true;
                    if (!isStored(merge.Id) || !isStored(merge.Into))
                        return true;
                    (changed ??= new(StringComparer.Ordinal))[merge.Id] = true;
                    break;
                case RemoveMerge remove:
                    if (!IsMerged(remove.CustomerId))
                        return true;
                    (changed ??= new(StringComparer.Ordinal))[remove.CustomerId] = false;
                    break;
                default:
                    break;
            }
        }
        return false;
    }
}
