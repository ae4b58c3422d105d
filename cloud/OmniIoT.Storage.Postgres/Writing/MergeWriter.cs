using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Which customers answer with another, with optimistic concurrency.</summary>
internal sealed class MergeWriter(CommitWork work) : IMergeWriter
{
    private const string StayBehind = """
        WITH RECURSIVE behind (id) AS (
            SELECT id FROM merges WHERE into_id = $1
            UNION SELECT merges.id FROM merges JOIN behind ON merges.into_id = behind.id)
        UPDATE merges SET survivor_id = $1 WHERE id IN (SELECT id FROM behind)
        """;

    /// <inheritdoc cref="MergeConditions.AreStale"/>
    public bool IsStale(IEnumerable<Effect> unit) => MergeConditions.AreStale(unit, IsMerged, IsStored);

    /// <summary>Whoever was merged into the one that goes now goes with it.</summary>
    public void Put(Merge merge)
    {
        work.Batch.Add(
            "INSERT INTO merges (id, into_id, survivor_id, json) VALUES ($1, $2, $2, $3)",
            merge.Id,
            merge.Into,
            Json.Write(merge)
        );
        work.Batch.Add("UPDATE merges SET survivor_id = $1 WHERE survivor_id = $2", merge.Into, merge.Id);
    }

    public void Remove(string customerId)
    {
        work.Batch.Add("DELETE FROM merges WHERE id = $1", customerId);
        work.Batch.Add(StayBehind, customerId);
    }

    /// <summary>A survivor takes those with it who answered with it; one that was merged away still does until then.</summary>
    public void Erase(string customerId) => work.Batch.Add("DELETE FROM merges WHERE survivor_id = $1", customerId);

    private bool IsMerged(string id) => Has("SELECT 1 FROM merges WHERE id = $1", id);

    private bool IsStored(string id) => Has("SELECT 1 FROM customers WHERE id = $1", id);

    private bool Has(string sql, string id) => work.Read(sql, [id], static _ => true).Count > 0;
}
