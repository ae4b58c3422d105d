using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

internal sealed class BoundsReader(ISqlReader sql) : IBoundsQueries
{
    public async ValueTask<Standing> FindAsync(BoundKind kind, string id, Bounds bounds, CancellationToken cancellationToken)
    {
        string asked = kind is BoundKind.Customer ? (await Members.OfAsync(sql, id, cancellationToken))![0] : id;
        if (await IsThereAsync(kind, asked, bounds, cancellationToken))
            return Standing.Within;
        return await IsThereAsync(kind, asked, null, cancellationToken) ? Standing.Outside : Standing.Missing;
    }

    public async ValueTask<IReadOnlyList<bool>> AreWithinAsync(
        IReadOnlyList<Subjects> all,
        Bounds bounds,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyDictionary<string, string> survivors = await SurvivorsAsync(all, cancellationToken);
        string? Person(Subjects one) => one.CustomerId is { } id ? survivors.GetValueOrDefault(id, id) : null;
        ISet<string> cases = await WithinAsync(BoundKind.Case, all.Select(one => one.CaseId), bounds, cancellationToken);
        ISet<string> talks = await WithinAsync(BoundKind.Conversation, all.Select(one => one.ConversationId), bounds, cancellationToken);
        ISet<string> devices = await WithinAsync(BoundKind.Device, all.Select(one => one.DeviceId), bounds, cancellationToken);
        ISet<string> persons = await WithinAsync(BoundKind.Customer, all.Select(Person), bounds, cancellationToken);
        bool IsWithin(Subjects one) =>
            (one.CaseId is null || cases.Contains(one.CaseId))
            && (one.ConversationId is null || talks.Contains(one.ConversationId))
            // What a case tells of its device is the case's.
            && (one.DeviceId is null || one.CaseId is not null || devices.Contains(one.DeviceId))
            && (one.SiteId is null || bounds.Sites is null || bounds.HasSite(one.SiteId))
            && (one.IsOfSomething || (Person(one) is { } person && persons.Contains(person)));
        return [.. all.Select(IsWithin)];
    }

    private async ValueTask<IReadOnlyDictionary<string, string>> SurvivorsAsync(
        IReadOnlyList<Subjects> all,
        CancellationToken cancellationToken
    )
    {
        Dictionary<string, string> survivors = new(StringComparer.Ordinal);
        foreach (string[] ids in all.Select(one => one.CustomerId).OfType<string>().Distinct().Chunk(PageRequest.MaximumLimit))
        {
            Select select = new Select("id, survivor_id", "merges", Order.ById).In("id", ids);
            Page<(string Id, string Survivor)> found = await select.ReadAsync(
                sql,
                new PageRequest(Limit: PageRequest.MaximumLimit),
                static row => (row.Text(Select.FirstColumn), row.Text(Select.FirstColumn + 1)),
                cancellationToken
            );
            foreach ((string id, string survivor) in found.Items)
                survivors[id] = survivor;
        }
        return survivors;
    }

    private async ValueTask<ISet<string>> WithinAsync(
        BoundKind kind,
        IEnumerable<string?> wanted,
        Bounds bounds,
        CancellationToken cancellationToken
    )
    {
        HashSet<string> within = new(StringComparer.Ordinal);
        foreach (string[] ids in wanted.OfType<string>().Distinct().Chunk(PageRequest.MaximumLimit))
        {
            Select select = new Select("id", BoundRows.Of(kind).Table, Order.ById).In("id", ids).Within(kind, bounds);
            Page<string> found = await select.ReadAsync(
                sql,
                new PageRequest(Limit: PageRequest.MaximumLimit),
                static row => row.Text(Select.FirstColumn),
                cancellationToken
            );
            within.UnionWith(found.Items);
        }
        return within;
    }

    private async ValueTask<bool> IsThereAsync(BoundKind kind, string id, Bounds? bounds, CancellationToken cancellationToken)
    {
        (string table, DocumentKind? document) = BoundRows.Of(kind);
        Select select = new Select("id", table, Order.ById)
            .Equal("id", id)
            .Equal("kind", document is { } one ? EnumText<DocumentKind>.Of(one) : null)
            .Within(kind, bounds);
        Page<string> found = await select.ReadAsync(
            sql,
            new PageRequest(Limit: 1),
            static row => row.Text(Select.FirstColumn),
            cancellationToken
        );
        return found.Items.Count > 0;
    }
}
