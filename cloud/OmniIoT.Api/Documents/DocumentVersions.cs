using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Documents;

/// <summary>What a document was when it was written once.</summary>
internal sealed record DocumentVersion(string Id, string Of, Instant At, string Actor, JsonElement Document);

/// <summary>What documents of a kind were: every writing stays, also when the document is removed.</summary>
/// <param name="Of">Whose versions they are.</param>
/// <param name="Kind">What they are stored as.</param>
/// <param name="OfName">Under what name a stored version says of which document it is; storage looks for it there.</param>
/// <param name="DocumentName">Under what name it has the document.</param>
internal sealed record DocumentVersions(DocumentKind Of, DocumentKind Kind, string OfName, string DocumentName)
{
    public static readonly DocumentVersions Articles = new(DocumentKind.Article, DocumentKind.ArticleVersion, "articleId", "article");
    public static readonly DocumentVersions Flows = new(DocumentKind.Flow, DocumentKind.FlowVersion, "versionOf", "flow");

    /// <summary>What is stored beside a document that is written now.</summary>
    public Effect Next(string id, ReadOnlyMemory<byte> json, HttpContext context, IdGenerator ids)
    {
        JsonObject version = new()
        {
            [OfName] = id,
            ["at"] = JsonSerializer.SerializeToNode(ids.Now(), OmniJson.Options),
            ["actor"] = context.Caller().Actor,
            [DocumentName] = JsonNode.Parse(json.Span),
        };
        return new PutDocument(Kind, ids.Next(), OmniJson.Utf8(version));
    }

    /// <summary>Maps them, the newest first.</summary>
    public void Map<TView>(RouteGroupBuilder group, string summary, Func<DocumentVersion, TView> view) =>
        group
            .MapGet(
                "/{id}/versions",
                async (string id, IDocumentQueries documents, [AsParameters] PageQuery page, CancellationToken cancellationToken) =>
                {
                    await RequireEverAsync(id, documents, cancellationToken);
                    Page<Document> found = await documents.ListAsync(Kind, page.Read(), cancellationToken, NamedBy(id));
                    return TypedResults.Ok(new Page<TView>([.. found.Items.Select(Read).Select(view)], found.Next) { Total = found.Total });
                }
            )
            .Lists<TView>(summary)
            .Fails(404);

    /// <exception cref="ProblemException">There never was such a document.</exception>
    public async ValueTask RequireEverAsync(string id, IDocumentQueries documents, CancellationToken cancellationToken)
    {
        Page<Document> one = await documents.ListAsync(Kind, new PageRequest(null, 1), cancellationToken, NamedBy(id));
        if (one.Items.Count == 0)
            throw new ProblemException(Problem.NotFound(Of.ToString().ToLowerInvariant(), id));
    }

    private static DocumentFilter NamedBy(string id) => new(SiteId: Query.Id(id)) { IsDescending = true };

    private DocumentVersion Read(Document stored)
    {
        using JsonDocument document = JsonDocument.Parse(stored.Json);
        JsonElement version = document.RootElement;
        return new DocumentVersion(
            stored.Id,
            version.GetProperty(OfName).GetString()!,
            version.GetProperty("at").Deserialize<Instant>(OmniJson.Options),
            version.GetProperty("actor").GetString()!,
            version.GetProperty(DocumentName).Clone()
        );
    }
}
