using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
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
        DocumentVersions.Articles.Map(
            articles,
            "What an article was, the newest first.",
            static one => new ArticleVersionView(one.Id, one.Of, one.At, one.Actor, one.Document)
        );
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

    private static async Task<IResult> FeedbackAsync(string id, IDocumentQueries documents, CancellationToken cancellationToken)
    {
        await DocumentVersions.Articles.RequireEverAsync(id, documents, cancellationToken);
        return TypedResults.Ok(
            new ArticleFeedbackView(
                await CountAsync(documents, ArticleFeedback.IdOf(id, helped: true), cancellationToken),
                await CountAsync(documents, ArticleFeedback.IdOf(id, helped: false), cancellationToken)
            )
        );
    }

    private static async Task<int> CountAsync(IDocumentQueries documents, string id, CancellationToken cancellationToken) =>
        (await documents.FindAsync(DocumentKind.Feedback, id, cancellationToken))?.Version ?? 0;
}
