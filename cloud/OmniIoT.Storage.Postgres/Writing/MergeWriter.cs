using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Which customers answer with another, with optimistic concurrency.</summary>
internal sealed class MergeWriter(CommitWork work)
{
    private const string StayBehind = """
        WITH RECURSIVE behind (id) AS (
            SELECT id FROM merges WHERE into_id = $1
            UNION SELECT merges.id FROM merges JOIN behind ON merges.into_id = behind.id)
        UPDATE merges SET survivor_id = $1 WHERE id IN (SELECT id FROM behind)
        """;

    /// <summary>
    /// Whether what the merges of a unit rest on is no longer true, each judged by what is stored and what the unit did before it:
    /// nobody is merged twice, nobody into one who is merged away or into themselves, so that merges never lead in a circle.
    /// </summary>
    public bool IsStale(IEnumerable<Effect> unit)
    {
        Dictionary<string, bool>? changed = null;
        foreach (Effect effect in unit)
        {
            switch (effect)
            {
                case PutMerge { Merge: var merge }:
                    if (merge.Id == merge.Into || IsMerged(merge.Id, changed) || IsMerged(merge.Into, changed)) return true;
                    if (!IsStored(merge.Id) || !IsStored(merge.Into)) return true;
                    (changed ??= new(StringComparer.Ordinal))[merge.Id] = true;
                    break;
                case RemoveMerge remove:
                    if (!IsMerged(remove.CustomerId, changed)) return true;
                    (changed ??= new(StringComparer.Ordinal))[remove.CustomerId] = false;
                    break;
                default:
                    break;
            }
        }
        return false;
    }

    /// <summary>Whoever was merged into the one that goes now goes with it.</summary>
    public void Put(Merge merge)
    {
        work.Batch.Add(
            "INSERT INTO merges (id, into_id, survivor_id, json) VALUES ($1, $2, $2, $3)", merge.Id, merge.Into, Json.Write(merge));
        work.Batch.Add("UPDATE merges SET survivor_id = $1 WHERE survivor_id = $2", merge.Into, merge.Id);
    }

    public void Remove(string customerId)
    {
        work.Batch.Add("DELETE FROM merges WHERE id = $1", customerId);
        work.Batch.Add(StayBehind, customerId);
    }

    /// <summary>A survivor takes those with it who answered with it; one that was merged away still does until then.</summary>
    public void Erase(string customerId) => work.Batch.Add("DELETE FROM merges WHERE survivor_id = $1", customerId);

    private bool IsMerged(string id, Dictionary<string, bool>? changed) =>
        changed?.TryGetValue(id, out bool isMerged) == true ? isMerged : Has("SELECT 1 FROM merges WHERE id = $1", id);

    private bool IsStored(string id) => Has("SELECT 1 FROM customers WHERE id = $1", id);

    private bool Has(string sql, string id) => work.Read(sql, [id], static _ => true).Count > 0;
}
