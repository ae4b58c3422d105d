using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Search;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Searching;

/// <summary>What was found, kind by kind in the order of <see cref="SearchKind"/>, the best of each first.</summary>
/// <param name="More">Kinds of which there is more than was told.</param>
public sealed record SearchView(IReadOnlyList<SearchHit> Items, IReadOnlyList<SearchKind> More);

/// <summary>One call that searches everything.</summary>
internal static class SearchEndpoints
{
    private const int UsualLimit = 10,
        MaximumLimit = 50;

    public static void MapSearch(this IEndpointRouteBuilder api) =>
        api.MapGet("/search", FindAsync)
            .WithTags("Search")
            .ListsPersons()
            .WithSummary(
                "What says every word of q, kind by kind, as far as the caller may see it; kinds with commas between them, limit is of each "
                    + "kind. Ranges of a snippet are in UTF-16 units."
            )
            .Produces<SearchView>()
            .Fails(401, 403, 422);

    private static async Task<IResult> FindAsync(
        HttpContext context,
        ISearch search,
        ICatalog catalog,
        string? q,
        string? kinds,
        string? limit,
        CancellationToken cancellationToken
    )
    {
        SearchQuery query = SearchQuery.Of(Query.Required("q", q));
        int most = Query.Whole("limit", limit, 1, MaximumLimit) ?? UsualLimit;
        SearchKind[] wanted = [.. Query.List(kinds)?.Select(Read).Distinct().Order() ?? Enum.GetValues<SearchKind>().AsEnumerable()];
        RightSet rights = context.Caller().Rights;
        List<SearchHit> items = [];
        List<SearchKind> more = [];
        foreach (SearchKind kind in wanted.Where(kind => rights.Has(RightOf(kind))))
        {
            SearchFinds finds =
                kind is SearchKind.Articles
                    ? ArticleFinds.Of(catalog.Answers, query, most)
                    : await search.FindAsync(kind, query, most, cancellationToken, context.Bounds());
            items.AddRange(finds.Items);
            if (finds.More)
                more.Add(kind);
        }
        return TypedResults.Ok(new SearchView(items, more));
    }

    private static SearchKind Read(string name) => Query.Choice<SearchKind>("kinds", name)!.Value;

    private static string RightOf(SearchKind kind) =>
        kind switch
        {
            SearchKind.Conversations or SearchKind.Messages => "conversations:read",
            SearchKind.Cases => "cases:read",
            SearchKind.Devices => "devices:read",
            SearchKind.Articles => "articles:read",
            _ => "customers:read",
        };
}
