using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Search;
using OmniIoT.Ports.Customers;
using OmniIoT.Ports.Queries;
using OmniIoT.Sql.Searching;

namespace OmniIoT.Sql.Reading;

internal sealed class CustomerReader(ISqlReader sql, ITextIndex text) : ICustomerQueries
{
    private const string Present = """
        visits v LEFT JOIN merges m ON m.id = v.customer_id LEFT JOIN customers c ON c.id = coalesce(m.survivor_id, v.customer_id)
        """;

    public ValueTask<Customer?> FindAsync(string id, CancellationToken cancellationToken) =>
        sql.FirstAsync<Customer>(
            "SELECT json FROM customers WHERE id = coalesce((SELECT survivor_id FROM merges WHERE id = $1), $1)",
            [id],
            cancellationToken
        );

    public ValueTask<Merge?> FindMergeAsync(string id, CancellationToken cancellationToken) =>
        sql.FirstAsync<Merge>("SELECT json FROM merges WHERE id = $1", [id], cancellationToken);

    public ValueTask<IReadOnlyList<Merge>> MergesIntoAsync(string id, CancellationToken cancellationToken) =>
        sql.AllAsync<Merge>("SELECT json FROM merges WHERE into_id = $1 ORDER BY id", [id], cancellationToken);

    public ValueTask<IReadOnlyList<Merge>> MergesAsync(CancellationToken cancellationToken) =>
        sql.AllAsync<Merge>("SELECT json FROM merges ORDER BY id", [], cancellationToken);

    public ValueTask<IReadOnlyList<string>> FindByIdentityAsync(string type, string value, CancellationToken cancellationToken) =>
        sql.ReadAsync(
            "SELECT customer_id FROM identities WHERE type = $1 AND value = $2 ORDER BY customer_id",
            [type, IdentityForm.Of(type, value)],
            static row => row.Text(0),
            cancellationToken
        );

    public async ValueTask<Page<Customer>> ListAsync(
        string? typed,
        PageRequest page,
        CancellationToken cancellationToken,
        Bounds? within = null
    )
    {
        Select select = new Select("json", "customers", Order.ById).Where(NamedCustomer.IsSurvivor).Within(BoundKind.Customer, within);
        if (SearchQuery.Of(typed) is { IsEmpty: false } query)
            select.Where(await NamedCustomer.SurvivorAsync(text, select, query, cancellationToken));
        return await select.ReadAsync<Customer>(sql, page, cancellationToken);
    }

    public ValueTask<IReadOnlyDictionary<string, string>> NamesAsync(
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    ) =>
        Names.OfAsync(
            sql,
            "SELECT a.id, c.name FROM customers a LEFT JOIN merges m ON m.id = a.id JOIN customers c ON c.id = coalesce(m.survivor_id, a.id) WHERE a.id",
            ids,
            static row => row.NullableText(1),
            cancellationToken
        );

    public ValueTask<Page<Visit>> VisitsAsync(string customerId, PageRequest page, CancellationToken cancellationToken) =>
        OfPersonAsync<Visit>("visits", "entered_at", customerId, page, cancellationToken);

    public ValueTask<Page<PresentVisit>> PresentAsync(PageRequest page, CancellationToken cancellationToken) =>
        // The key names the customer too: ids of visits are unique among those of one customer only.
        new Select("v.json, v.customer_id, c.name", Present, Order.OldestFirst("v.entered_at", "v.id || ' ' || v.customer_id"))
            .Where("v.exited_at IS NULL")
            .ReadAsync(
                sql,
                page,
                static row => new PresentVisit(
                    row.Text(Select.FirstColumn + 1),
                    row.NullableText(Select.FirstColumn + 2),
                    Json.Read<Visit>(row.Bytes(Select.FirstColumn))
                ),
                cancellationToken
            );

    public ValueTask<Page<Offer>> OffersAsync(string customerId, PageRequest page, CancellationToken cancellationToken) =>
        OfPersonAsync<Offer>("offers", "sent_at", customerId, page, cancellationToken);

    public ValueTask<Offer?> FindOfferAsync(string offerId, CancellationToken cancellationToken) =>
        sql.FirstAsync<Offer>("SELECT json FROM offers WHERE id = $1", [offerId], cancellationToken);

    public ValueTask<Page<RecordedDecision>> DecisionsAsync(string customerId, PageRequest page, CancellationToken cancellationToken) =>
        OfPersonAsync<RecordedDecision>("decisions", "at", customerId, page, cancellationToken);

    private async ValueTask<Page<T>> OfPersonAsync<T>(
        string table,
        string newestBy,
        string customerId,
        PageRequest page,
        CancellationToken cancellationToken
    ) =>
        await new Select("json", table, Order.NewestFirst(newestBy))
            .In("customer_id", await Members.OfAsync(sql, customerId, cancellationToken))
            .ReadAsync<T>(sql, page, cancellationToken);
}
