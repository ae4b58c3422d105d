using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Places;
using OmniIoT.Ports.Queries;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Reading;

internal sealed class CustomerReader(ReaderPool readers) : ICustomerQueries
{
    public ValueTask<Customer?> FindAsync(string id, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection
            .Prepare("SELECT json FROM customers WHERE id = coalesce((SELECT survivor_id FROM merges WHERE id = $1), $1)")
            .Bind(id).ReadFirst<Customer>()));

    public ValueTask<Merge?> FindMergeAsync(string id, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection.Prepare("SELECT json FROM merges WHERE id = $1").Bind(id).ReadFirst<Merge>()));

    public ValueTask<IReadOnlyList<Merge>> MergesAsync(CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection.Prepare("SELECT json FROM merges ORDER BY id").ReadAll<Merge>()));

    public ValueTask<IReadOnlyList<string>> FindByIdentityAsync(string type, string value, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection
            .Prepare("SELECT customer_id FROM identities WHERE type = $1 AND value = $2 ORDER BY customer_id")
            .Bind(type).Bind(value).ReadAll(static row => row.Text(0))));

    public ValueTask<Page<Customer>> ListAsync(string? text, PageRequest page, CancellationToken cancellationToken) =>
        new(new Select("json", "customers", Order.ById)
            .Where("NOT EXISTS (SELECT 1 FROM merges WHERE merges.id = customers.id)")
            .Contains("search", text)
            .Read<Customer>(readers, page));

    public ValueTask<Page<Visit>> VisitsAsync(string customerId, PageRequest page, CancellationToken cancellationToken) =>
        new(new Select("json", "visits", Order.NewestFirst("entered_at")).In("customer_id", Members.Of(readers, customerId)).Read<Visit>(readers, page));

    public ValueTask<Page<PresentVisit>> PresentAsync(PageRequest page, CancellationToken cancellationToken) =>
        // The key names the customer too: ids of visits are unique among those of one customer only.
        new(new Select("v.json, v.customer_id, c.name", "visits v LEFT JOIN merges m ON m.id = v.customer_id LEFT JOIN customers c ON c.id = coalesce(m.survivor_id, v.customer_id)",
                Order.OldestFirst("v.entered_at", "v.id || ' ' || v.customer_id"))
            .Where("v.exited_at IS NULL")
            .Read(readers, page, static row => new PresentVisit(
                row.Text(Select.FirstColumn + 1), row.NullableText(Select.FirstColumn + 2), Json.Read<Visit>(row.Bytes(Select.FirstColumn)))));

    public ValueTask<Page<Offer>> OffersAsync(string customerId, PageRequest page, CancellationToken cancellationToken) =>
        new(new Select("json", "offers", Order.NewestFirst("sent_at")).In("customer_id", Members.Of(readers, customerId)).Read<Offer>(readers, page));

    public ValueTask<Offer?> FindOfferAsync(string offerId, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection.Prepare("SELECT json FROM offers WHERE id = $1").Bind(offerId).ReadFirst<Offer>()));

    public ValueTask<Page<RecordedDecision>> DecisionsAsync(string customerId, PageRequest page, CancellationToken cancellationToken) =>
        new(new Select("json", "decisions", Order.NewestFirst("at")).In("customer_id", Members.Of(readers, customerId)).Read<RecordedDecision>(readers, page));
}
