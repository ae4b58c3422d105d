using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Answers;

/// <summary>What the company knows: articles with all their versions, and what they lack.</summary>
internal static class ArticleEndpoints
{
    public static void MapArticles(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder articles = api.MapGroup("/articles").WithTags("Articles");
        articles
            .MapGet("", ArticleLists.ListAsync)
            .Lists<ArticleView>(
                "Articles, by id; with q those that answer it, the best first, at most 40. model leaves out what is about others; locale is the "
                    + "language of q."
            );
        articles.MapDocument(DocumentKind.Article).Shows<JsonElement>("An article as it was written.");
        articles
            .MapPut("/{id}", PutAsync)
            .Writes<ArticleBody, JsonElement>("Creates or replaces an article; what it was before stays as a version.");
        articles.MapDocumentRemoval(DocumentKind.Article).Removes("Removes an article; its versions stay.");
        articles
            .MapGet("/{id}/versions", VersionsAsync)
            .WithSummary("What an article was, in the order of writing.")
            .Produces<Page<ArticleVersionView>>()
            .Fails(401, 403, 404, 422);
        articles
            .MapGet("/{id}/feedback", FeedbackAsync)
            .Shows<ArticleFeedbackView>("How many readers said that it helped, and that it did not.");
    }

    private static async Task<IResult> PutAsync(
        string id,
        ArticleWriting articles,
        DocumentStore documents,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        ReadOnlyMemory<byte> body = await Body.ReadJsonAsync(context.Request, cancellationToken);
        (ReadOnlyMemory<byte> json, Effect version) = await articles.ReadAsync(id, body, context, cancellationToken);
        return await documents.PutAsync(DocumentKind.Article, id, json, context, cancellationToken, new[] { version });
    }

    private static async Task<IResult> VersionsAsync(
        string id,
        IDocumentQueries documents,
        [AsParameters] PageQuery page,
        CancellationToken cancellationToken
    )
    {
        await RequireEverAsync(id, documents, cancellationToken);
        Page<Document> found = await documents.ListAsync(DocumentKind.ArticleVersion, page.Read(), cancellationToken, VersionsOf(id));
        return TypedResults.Ok(
            new Page<ArticleVersionView>([.. found.Items.Select(static one => ArticleWriting.ViewOf(one.Id, one.Json))], found.Next)
            {
                Total = found.Total,
            }
        );
    }

    private static async Task<IResult> FeedbackAsync(string id, IDocumentQueries documents, CancellationToken cancellationToken)
    {
        await RequireEverAsync(id, documents, cancellationToken);
        return TypedResults.Ok(
            new ArticleFeedbackView(
                await CountAsync(documents, ArticleFeedback.IdOf(id, helped: true), cancellationToken),
                await CountAsync(documents, ArticleFeedback.IdOf(id, helped: false), cancellationToken)
            )
        );
    }

    /// <exception cref="ProblemException">There never was such an article.</exception>
    private static async ValueTask RequireEverAsync(string id, IDocumentQueries documents, CancellationToken cancellationToken)
    {
        PageRequest one = new(null, 1);
        Page<Document> versions = await documents.ListAsync(DocumentKind.ArticleVersion, one, cancellationToken, VersionsOf(id));
        if (versions.Items.Count == 0)
            throw new ProblemException(Problem.NotFound("article", id));
    }

    private static DocumentFilter VersionsOf(string id) => new(SiteId: Query.Id(id));

    private static async Task<int> CountAsync(IDocumentQueries documents, string id, CancellationToken cancellationToken) =>
        (await documents.FindAsync(DocumentKind.Feedback, id, cancellationToken))?.Version ?? 0;
}
