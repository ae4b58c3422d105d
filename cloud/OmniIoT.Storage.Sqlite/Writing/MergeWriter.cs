using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Which customers answer with another, with optimistic concurrency.</summary>
internal sealed class MergeWriter(DatabaseConnection connection) : IMergeWriter
{
    private readonly Statement _isMerged = connection.Prepare("SELECT count(*) FROM merges WHERE id = $1");
    private readonly Statement _isStored = connection.Prepare("SELECT count(*) FROM customers WHERE id = $1");
    private readonly Statement _put = connection.Prepare("INSERT INTO merges (id, into_id, survivor_id, json) VALUES ($1, $2, $2, $3)");
    private readonly Statement _follow = connection.Prepare("UPDATE merges SET survivor_id = $1 WHERE survivor_id = $2");
    private readonly Statement _remove = connection.Prepare("DELETE FROM merges WHERE id = $1");
    private readonly Statement _stayBehind = connection.Prepare(
        """
        WITH RECURSIVE behind (id) AS (
            SELECT id FROM merges WHERE into_id = $1
            UNION SELECT merges.id FROM merges JOIN behind ON merges.into_id = behind.id)
        UPDATE merges SET survivor_id = $1 WHERE id IN (SELECT id FROM behind)
        """
    );
    private readonly Statement _erase = connection.Prepare("DELETE FROM merges WHERE survivor_id = $1");

    /// <inheritdoc cref="MergeConditions.AreStale"/>
    public bool IsStale(IEnumerable<Effect> unit) => MergeConditions.AreStale(unit, IsMerged, id => Has(_isStored, id));

    /// <summary>Whoever was merged into the one that goes now goes with it.</summary>
    public void Put(Merge merge)
    {
        _put.Bind(merge.Id).Bind(merge.Into).Bind(Json.Write(merge)).Run();
        _follow.Bind(merge.Into).Bind(merge.Id).Run();
    }

    public void Remove(string customerId)
    {
        _remove.Bind(customerId).Run();
        _stayBehind.Bind(customerId).Run();
    }

    /// <summary>A survivor takes those with it who answered with it; one that was merged away still does until then.</summary>
    public void Erase(string customerId) => _erase.Bind(customerId).Run();

    private bool IsMerged(string id) => Has(_isMerged, id);

    private static bool Has(Statement count, string id) => count.Bind(id).ReadNumber() > 0;
}
