using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Answers.Articles;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;
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
            .WithSummary(
                "Articles, by id; with q those that answer it, the best first, at most 40. model leaves out what is about others; locale is the "
                    + "language of q."
            )
            .Produces<Page<ArticleView>>()
            .Fails(401, 403, 422);
        articles
            .MapDocument(DocumentKind.Article)
            .WithSummary("An article as it was written.")
            .Produces<JsonElement>()
            .Fails(401, 403, 404);
        articles
            .MapPut("/{id}", PutAsync)
            .WithSummary("Creates or replaces an article; what it was before stays as a version.")
            .Takes<ArticleBody>()
            .Produces<JsonElement>()
            .Produces<JsonElement>(201)
            .Fails(401, 403, 412, 422);
        articles
            .MapDocumentRemoval(DocumentKind.Article)
            .WithSummary("Removes an article; its versions stay.")
            .Produces(204)
            .Fails(401, 403, 404, 412);
        articles
            .MapGet("/{id}/versions", VersionsAsync)
            .WithSummary("What an article was, in the order of writing.")
            .Produces<Page<ArticleVersionView>>()
            .Fails(401, 403, 404, 422);
        articles
            .MapGet("/{id}/feedback", FeedbackAsync)
            .WithSummary("How many readers said that it helped, and that it did not.")
            .Produces<ArticleFeedbackView>()
            .Fails(401, 403, 404);
    }

    private static async Task<IResult> PutAsync(
        string id,
        DocumentStore documents,
        IdGenerator ids,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        (Article article, ReadOnlyMemory<byte> json) = await DocumentJson.ReadAsync(id, context, ArticleReader.Read, cancellationToken);
        await CheckModelsAsync(article, documents, cancellationToken);
        StoredVersion version = new(id, ids.Now(), context.Caller().Actor, JsonSerializer.Deserialize<JsonElement>(json.Span));
        Effect[] beside =
        [
            new PutDocument(DocumentKind.ArticleVersion, ids.Next(), JsonSerializer.SerializeToUtf8Bytes(version, OmniJson.Options)),
        ];
        return await documents.PutAsync(DocumentKind.Article, id, json, context, cancellationToken, beside);
    }

    private static async Task CheckModelsAsync(Article article, DocumentStore documents, CancellationToken cancellationToken)
    {
        Mistakes mistakes = new();
        for (int i = 0; i < article.Models.Count; i++)
        {
            if (!await documents.ExistsAsync(DocumentKind.Model, article.Models[i], cancellationToken))
                mistakes.Add($"/models/{i}", Wrong.Unknown("model", article.Models[i]));
        }
        mistakes.ThrowIfAny();
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
        return TypedResults.Ok(new Page<ArticleVersionView>([.. found.Items.Select(VersionOf)], found.Next) { Total = found.Total });
    }

    private static ArticleVersionView VersionOf(Document document)
    {
        StoredVersion stored = JsonSerializer.Deserialize<StoredVersion>(document.Json, OmniJson.Options)!;
        return new ArticleVersionView(document.Id, stored.ArticleId, stored.At, stored.Actor, stored.Article);
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

    private sealed record StoredVersion(string ArticleId, Instant At, string Actor, JsonElement Article);
}
