using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Documents;

/// <summary>What can be asked of documents of every kind in the same words; how one is written is for its kind to say.</summary>
internal static class DocumentEndpoints
{
    /// <summary>Documents by id; <c>q</c> matches id or name anywhere.</summary>
    /// <param name="named">Those that somebody is limited to; null: whatever limits them, they see all.</param>
    public static RouteHandlerBuilder MapDocuments(
        this RouteGroupBuilder group,
        DocumentKind kind,
        Func<Bounds, IReadOnlyList<string>?>? named = null
    ) =>
        group.MapGet(
            "",
            (HttpContext context, DocumentStore documents, string? q, [AsParameters] PageQuery page, CancellationToken cancellationToken) =>
            {
                IReadOnlyList<string>? ids = context.Bounds() is { } bounds ? named?.Invoke(bounds) : null;
                return documents.ListAsync(kind, page.Read(), cancellationToken, new DocumentFilter(Query.Empty(q)) { Ids = ids });
            }
        );

    /// <param name="canonical">How an id is spelt in storage; null: as it is said.</param>
    public static RouteHandlerBuilder MapDocument(
        this RouteGroupBuilder group,
        DocumentKind kind,
        Func<string, string>? canonical = null
    ) =>
        group.MapGet(
            "/{id}",
            (string id, DocumentStore documents, HttpResponse response, CancellationToken cancellationToken) =>
                documents.GetAsync(kind, canonical?.Invoke(id) ?? id, response, cancellationToken)
        );

    /// <inheritdoc cref="MapDocument"/>
    /// <param name="check">Throws what stands in the way; null: nothing does.</param>
    public static RouteHandlerBuilder MapDocumentRemoval(
        this RouteGroupBuilder group,
        DocumentKind kind,
        Func<string, string>? canonical = null,
        Func<DocumentStore, string, CancellationToken, Task>? check = null
    ) =>
        group.MapDelete(
            "/{id}",
            async (string id, DocumentStore documents, HttpRequest request, CancellationToken cancellationToken) =>
            {
                string spelt = canonical?.Invoke(id) ?? id;
                if (check is not null)
                    await check(documents, spelt, cancellationToken);
                return await documents.DeleteAsync(kind, spelt, request, cancellationToken);
            }
        );
}
