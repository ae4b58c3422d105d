using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Search;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Queries;
using OmniIoT.Sql.Searching;

namespace OmniIoT.Sql.Reading;

internal sealed class SearchReader(ISqlReader sql, ITextIndex text) : ISearch
{
    /// <summary>Of those that say whole words, and of those that say parts: more are not ranked.</summary>
    private const int MostCandidates = 50;

    private readonly ConversationReader _conversations = new(sql, text);

    public async ValueTask<SearchFinds> FindAsync(SearchKind kind, SearchQuery query, int limit, CancellationToken cancellationToken)
    {
        if (query.IsEmpty)
            return new SearchFinds([], More: false);
        IReadOnlyList<SearchHit> found = await CandidatesAsync(kind, query, cancellationToken);
        SearchHit[] ranked =
        [
            .. found
                .DistinctBy(hit => hit.Id)
                .OrderByDescending(hit => SearchRank.Of(query, hit.Title, hit.Snippet.Text))
                .ThenByDescending(hit => hit.At)
                .ThenBy(hit => hit.Id, StringComparer.Ordinal),
        ];
        return new SearchFinds([.. ranked.Take(limit)], ranked.Length > limit);
    }

    private ValueTask<IReadOnlyList<SearchHit>> CandidatesAsync(SearchKind kind, SearchQuery query, CancellationToken cancellationToken) =>
        kind switch
        {
            SearchKind.Customers => NamedAsync<Customer>(Searched.Customers, query, customer => Hit(customer, query), cancellationToken),
            SearchKind.Devices => NamedAsync<DeviceRegistration>(Searched.Devices, query, device => Hit(device, query), cancellationToken),
            SearchKind.Cases => NamedAsync<Case>(Searched.Cases, query, @case => Hit(@case, query), cancellationToken),
            SearchKind.Messages => EntriesAsync(SearchKind.Messages, EntryKinds.Messages, query, cancellationToken),
            SearchKind.Timeline => EntriesAsync(SearchKind.Timeline, EntryKinds.Others, query, cancellationToken),
            SearchKind.Conversations => ConversationsAsync(query, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown"),
        };

    private async ValueTask<IReadOnlyList<SearchHit>> NamedAsync<T>(
        Searched table,
        SearchQuery query,
        Func<T, SearchHit> hit,
        CancellationToken cancellationToken
    )
    {
        Select whole = new("json", table.Table, Order.ById);
        whole.Where(text.Newest(whole, table, query, new NewestRows(WordMatch.Whole, null, MostCandidates)));
        Select part = new("json", table.Table, Order.ById);
        if (table == Searched.Customers)
        {
            whole.Where(NamedCustomer.IsSurvivor);
            part.Where(NamedCustomer.IsSurvivor).Where(await NamedCustomer.SurvivorAsync(text, part, query, cancellationToken));
        }
        else
        {
            part.Where(await text.SaysAsync(part, table, query, cancellationToken));
        }
        PageRequest page = new(Limit: MostCandidates);
        IReadOnlyList<T> best = (await whole.ReadAsync<T>(sql, page, cancellationToken)).Items;
        IReadOnlyList<T> others = (await part.ReadAsync<T>(sql, page, cancellationToken)).Items;
        return [.. best.Concat(others).Select(hit)];
    }

    private async ValueTask<IReadOnlyList<SearchHit>> EntriesAsync(
        SearchKind kind,
        EntryKinds kinds,
        SearchQuery query,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<TimelineEntry> found = await EntriesAsync(kinds, query, WordMatch.Whole, cancellationToken);
        if (found.Count < MostCandidates)
            found = [.. found, .. await EntriesAsync(kinds, query, WordMatch.Part, cancellationToken)];
        return [.. found.Select(entry => Hit(kind, entry, query))];
    }

    private async ValueTask<IReadOnlyList<TimelineEntry>> EntriesAsync(
        EntryKinds kinds,
        SearchQuery query,
        WordMatch match,
        CancellationToken cancellationToken
    )
    {
        Select select = new("json", "timeline", Order.NewestFirst("at"));
        select.Where(text.Newest(select, Searched.Timeline, query, new NewestRows(match, kinds, MostCandidates)));
        return (await select.ReadAsync<TimelineEntry>(sql, new PageRequest(Limit: MostCandidates), cancellationToken)).Items;
    }

    private async ValueTask<IReadOnlyList<SearchHit>> ConversationsAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        IReadOnlyList<Conversation> found = await _conversations.OfNamedAsync(query, MostCandidates, cancellationToken);
        return [.. found.Select(conversation => Hit(conversation, query))];
    }

    private static SearchHit Hit(Customer customer, SearchQuery query) =>
        new(
            SearchKind.Customers,
            customer.Id,
            customer.Name ?? customer.Id,
            SearchSnippet.Of(string.Join(" · ", customer.Identities.Select(identity => identity.Value).Append(customer.Id)), query)
        );

    private static SearchHit Hit(DeviceRegistration device, SearchQuery query) =>
        new(SearchKind.Devices, device.Id, device.Name ?? device.Id, SearchSnippet.Of(device.Id, query), CustomerId: device.CustomerId)
        {
            DeviceId = device.Id,
        };

    private static SearchHit Hit(Case @case, SearchQuery query) =>
        new(
            SearchKind.Cases,
            @case.Id,
            @case.Title,
            SearchSnippet.Of(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"#{@case.Number} {@case.Title}"), query),
            @case.UpdatedAt,
            @case.CustomerId
        )
        {
            CaseId = @case.Id,
            DeviceId = @case.DeviceId,
        };

    private static SearchHit Hit(Conversation conversation, SearchQuery query) =>
        new(
            SearchKind.Conversations,
            conversation.Id,
            conversation.Subject ?? conversation.Id,
            SearchSnippet.Of(conversation.LastMessage ?? conversation.Subject ?? "", query),
            conversation.LastMessageAt,
            conversation.CustomerId
        )
        {
            ConversationId = conversation.MergedInto ?? conversation.Id,
            CaseId = conversation.CaseId,
            DeviceId = conversation.DeviceId,
        };

    private static SearchHit Hit(SearchKind kind, TimelineEntry entry, SearchQuery query) =>
        new(kind, entry.Id, entry.Title, SearchSnippet.Of(entry.Text ?? entry.Title, query), entry.At, entry.CustomerId)
        {
            ConversationId = entry.Refs.ConversationId,
            CaseId = entry.Refs.CaseId,
            DeviceId = entry.Refs.DeviceId,
        };
}
