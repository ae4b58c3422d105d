using System.Globalization;
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

    /// <summary>Of those that are looked through for somebody who may see some of them only.</summary>
    private const int MostBounded = 500;

    private readonly ConversationReader _conversations = new(sql, text);
    private readonly BoundsReader _bounds = new(sql);

    public async ValueTask<SearchFinds> FindAsync(
        SearchKind kind,
        SearchQuery query,
        int limit,
        CancellationToken cancellationToken,
        Bounds? within = null
    )
    {
        if (query.IsEmpty)
            return new SearchFinds([], More: false);
        IReadOnlyList<SearchHit> found = await CandidatesAsync(kind, query, within, cancellationToken);
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

    private ValueTask<IReadOnlyList<SearchHit>> CandidatesAsync(
        SearchKind kind,
        SearchQuery query,
        Bounds? within,
        CancellationToken cancellationToken
    ) =>
        kind switch
        {
            SearchKind.Customers => NamedAsync<Customer>(
                Searched.Customers,
                query,
                customer => Hit(customer, query),
                within,
                cancellationToken
            ),
            SearchKind.Devices => NamedAsync<DeviceRegistration>(
                Searched.Devices,
                query,
                device => Hit(device, query),
                within,
                cancellationToken
            ),
            SearchKind.Cases => NamedAsync<Case>(Searched.Cases, query, @case => Hit(@case, query), within, cancellationToken),
            SearchKind.Messages => EntriesAsync(SearchKind.Messages, EntryKinds.Messages, query, within, cancellationToken),
            SearchKind.Timeline => EntriesAsync(SearchKind.Timeline, EntryKinds.Others, query, within, cancellationToken),
            SearchKind.Conversations => ConversationsAsync(query, within, cancellationToken),
            SearchKind.Articles => new([]),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown"),
        };

    private async ValueTask<IReadOnlyList<SearchHit>> NamedAsync<T>(
        Searched table,
        SearchQuery query,
        Func<T, SearchHit> hit,
        Bounds? within,
        CancellationToken cancellationToken
    )
    {
        Order order = table == Searched.Cases ? Order.NewestFirst("number") : Order.ById;
        BoundKind kind = KindOf(table);
        Select whole = new Select("json", table.Table, order).Within(kind, within);
        whole.Where(text.Newest(whole, table, query, new NewestRows(WordMatch.Whole, null, Most(within))));
        Select part = new Select("json", table.Table, order).Within(kind, within);
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

    private static BoundKind KindOf(Searched table) =>
        table == Searched.Cases ? BoundKind.Case
        : table == Searched.Devices ? BoundKind.Device
        : BoundKind.Customer;

    private static int Most(Bounds? within) => within is null ? MostCandidates : MostBounded;

    private async ValueTask<IReadOnlyList<SearchHit>> EntriesAsync(
        SearchKind kind,
        EntryKinds kinds,
        SearchQuery query,
        Bounds? within,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<TimelineEntry> found = await EntriesAsync(kinds, query, within, cancellationToken);
        return [.. found.Select(entry => Hit(kind, entry, query))];
    }

    private async ValueTask<IReadOnlyList<TimelineEntry>> EntriesAsync(
        EntryKinds kinds,
        SearchQuery query,
        Bounds? within,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<TimelineEntry> found = await EntriesAsync(kinds, query, WordMatch.Whole, within, cancellationToken);
        // Nearly every entry has a word that begins with a certain letter.
        bool isLetters = query.Words.All(ways => ways.All(way => way.Length == 1));
        return found.Count >= MostCandidates || isLetters
            ? found
            : [.. found, .. await EntriesAsync(kinds, query, WordMatch.Part, within, cancellationToken)];
    }

    private async ValueTask<IReadOnlyList<TimelineEntry>> EntriesAsync(
        EntryKinds kinds,
        SearchQuery query,
        WordMatch match,
        Bounds? within,
        CancellationToken cancellationToken
    )
    {
        Select select = new("json", "timeline", Order.NewestFirst("at"));
        int most = Most(within);
        select.Where(text.Newest(select, Searched.Timeline, query, new NewestRows(match, kinds, most)));
        IReadOnlyList<TimelineEntry> found = (
            await select.ReadAsync<TimelineEntry>(sql, new PageRequest(Limit: most), cancellationToken)
        ).Items;
        if (within is null)
            return found;
        IReadOnlyList<bool> seen = await _bounds.AreWithinAsync([.. found.Select(Subjects.Of)], within, cancellationToken);
        return [.. found.Where((_, i) => seen[i]).Take(MostCandidates)];
    }

    private async ValueTask<IReadOnlyList<SearchHit>> ConversationsAsync(
        SearchQuery query,
        Bounds? within,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<TimelineEntry> said = await EntriesAsync(EntryKinds.Messages, query, within, cancellationToken);
        Dictionary<string, TimelineEntry> byConversation = said.Where(entry => entry.Refs.ConversationId is not null)
            .DistinctBy(entry => entry.Refs.ConversationId)
            .ToDictionary(entry => entry.Refs.ConversationId!, StringComparer.Ordinal);
        IReadOnlyList<Conversation> saying = await _conversations.OfIdsAsync([.. byConversation.Keys], within, cancellationToken);
        IReadOnlyList<Conversation> numbered = await _conversations.OfNumberAsync(query, within, cancellationToken);
        IReadOnlyList<Conversation> named = await _conversations.OfNamedAsync(query, MostCandidates, within, cancellationToken);
        return
        [
            .. numbered.Select(conversation => Hit(conversation, Numbered(conversation.Number, conversation.Subject), query)),
            .. saying.Select(conversation => Hit(conversation, byConversation[conversation.Id].Text, query)),
            .. named.Select(conversation => Hit(conversation, null, query)),
        ];
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
            SearchSnippet.Of(Numbered(@case.Number, @case.Title), query),
            @case.UpdatedAt,
            @case.CustomerId
        )
        {
            CaseId = @case.Id,
            DeviceId = @case.DeviceId,
        };

    /// <param name="text">In which it was found; null: by its customer.</param>
    private static SearchHit Hit(Conversation conversation, string? text, SearchQuery query) =>
        new(
            SearchKind.Conversations,
            conversation.Id,
            conversation.Subject ?? conversation.Id,
            SearchSnippet.Of(text ?? conversation.LastMessage ?? conversation.Subject ?? "", query),
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

    private static string Numbered(long number, string? title) => string.Create(CultureInfo.InvariantCulture, $"#{number} {title}");
}
