using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Documents;

/// <summary>
/// Models, sites, fences, beacons, campaigns and channels: documents that people write whole. A change is answered once it is committed
/// and whatever message arrives next is judged by it.
/// </summary>
public sealed class DocumentStore(IDocumentQueries documents, ICommitter committer, ICatalog catalog)
{
    public async ValueTask<bool> ExistsAsync(DocumentKind kind, string id, CancellationToken cancellationToken) =>
        await documents.FindAsync(kind, id, cancellationToken) is not null;

    /// <summary>Answers with a document and its entity tag.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<IResult> GetAsync(DocumentKind kind, string id, HttpResponse response, CancellationToken cancellationToken)
    {
        Document document = await documents.FindAsync(kind, Query.Id(id), cancellationToken) ?? throw Missing(kind, id);
        EntityTag.Set(response, document.Version);
        return TypedResults.Bytes(Shown(document), "application/json");
    }

    /// <summary>Answers with a page of documents, by id.</summary>
    public async Task<IResult> ListAsync(
        DocumentKind kind,
        PageRequest page,
        CancellationToken cancellationToken,
        DocumentFilter? filter = null
    )
    {
        Page<Document> found = await documents.ListAsync(kind, page, cancellationToken, filter);
        return TypedResults.Ok(new Page<JsonElement>([.. found.Items.Select(Parse)], found.Next) { Total = found.Total });
    }

    /// <summary>Writes a document that was found valid: 201 when it is new, else 200, with the document and its entity tag.</summary>
    /// <param name="beside">What is written in the same commit.</param>
    /// <exception cref="ProblemException">The version that <c>If-Match</c> names is not the stored one.</exception>
    public async Task<IResult> PutAsync(
        DocumentKind kind,
        string id,
        ReadOnlyMemory<byte> json,
        HttpContext context,
        CancellationToken cancellationToken,
        ReadOnlyMemory<Effect> beside = default
    )
    {
        bool existed = await ExistsAsync(kind, id, cancellationToken);
        await CommitAsync(new PutDocument(kind, id, json, EntityTag.Expected(context.Request)), kind, id, beside);
        // The change is made; whether the caller still listens no longer matters.
        await catalog.RefreshAsync(kind, id, CancellationToken.None);
        Document stored = await documents.FindAsync(kind, id, cancellationToken) ?? throw Missing(kind, id);
        EntityTag.Set(context.Response, stored.Version);
        return existed ? TypedResults.Ok(Parse(stored)) : TypedResults.Created(context.Request.Path, Parse(stored));
    }

    /// <exception cref="ProblemException">There is none, or it has another version than <c>If-Match</c> names.</exception>
    public async Task<IResult> DeleteAsync(DocumentKind kind, string id, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(kind, Query.Id(id), cancellationToken))
            throw Missing(kind, id);
        await CommitAsync(new DeleteDocument(kind, id, EntityTag.Expected(request)), kind, id);
        await catalog.RefreshAsync(kind, id, CancellationToken.None);
        return TypedResults.NoContent();
    }

    /// <summary>A document that names the site; null when there is none.</summary>
    public async ValueTask<Document?> FirstOfSiteAsync(DocumentKind kind, string siteId, CancellationToken cancellationToken)
    {
        Page<Document> page = await documents.ListAsync(
            kind,
            new PageRequest(Limit: 1),
            cancellationToken,
            new DocumentFilter(SiteId: siteId)
        );
        return page.Items.Count > 0 ? page.Items[0] : null;
    }

    /// <summary>Every document of a kind that passes the filter, by id.</summary>
    public async IAsyncEnumerable<Document> AllAsync(
        DocumentKind kind,
        DocumentFilter? filter,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? cursor = null;
        do
        {
            Page<Document> page = await documents.ListAsync(
                kind,
                new PageRequest(cursor, PageRequest.MaximumLimit),
                cancellationToken,
                filter
            );
            foreach (Document document in page.Items)
                yield return document;
            cursor = page.Next;
        } while (cursor is not null);
    }

    private async Task CommitAsync(Effect effect, DocumentKind kind, string id, ReadOnlyMemory<Effect> beside = default)
    {
        CommitUnit unit = new() { Effects = { effect } };
        unit.Effects.AddRange(beside.Span);
        if (await committer.CommitAsync(unit) == CommitOutcome.Conflict)
            throw EntityTag.Stale(
                $"The {NameOf(kind)} '{id}' is stored in another version than If-Match names: somebody changed it meanwhile."
            );
    }

    private static JsonElement Parse(Document document) => JsonSerializer.Deserialize<JsonElement>(Shown(document));

    /// <summary>As people see it: what nobody reads back is hidden, whoever asks and however.</summary>
    private static byte[] Shown(Document document)
    {
        if (!DocumentSecrets.AreIn(document.Kind))
            return document.Json;
        JsonObject shown = (JsonObject)JsonNode.Parse(document.Json)!;
        DocumentSecrets.Hide(document.Kind, shown);
        return OmniJson.Utf8(shown);
    }

    private static ProblemException Missing(DocumentKind kind, string id) => new(Problem.NotFound(NameOf(kind), id));

    private static string NameOf(DocumentKind kind) => kind.ToString().ToLowerInvariant();
}
