using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Documents;

/// <summary>Writes documents down whose secrets nobody reads back.</summary>
internal sealed class SecretDocuments(DocumentStore documents, IDocumentQueries queries, DocumentSecrets secrets)
{
    /// <summary>What a call writes under an id, its secrets open, and the document to store.</summary>
    /// <exception cref="ProblemException">It is no such document; every mistake is named.</exception>
    public async Task<(T Value, JsonObject Document)> ReadAsync<T>(
        DocumentKind kind,
        string id,
        HttpContext context,
        Func<string, JsonElement, DocumentReading<T>> read,
        CancellationToken cancellationToken
    )
        where T : class
    {
        Query.Id(id);
        ReadOnlyMemory<byte> json = DocumentJson.WithId(await Body.ReadJsonAsync(context.Request, cancellationToken), id);
        JsonObject written = (JsonObject)JsonNode.Parse(json.Span)!;
        Document? stored = await queries.FindAsync(kind, id, cancellationToken);
        Mistakes mistakes = new();
        foreach (string path in secrets.Restore(kind, id, written, stored is null ? null : (JsonObject)JsonNode.Parse(stored.Json)!))
            mistakes.Add("/" + path, "must be written anew: the one that is stored is not sent to another host");
        mistakes.ThrowIfAny();
        // What is null says nothing.
        foreach ((string name, _) in written.Where(static member => member.Value is null).ToArray())
            written.Remove(name);
        using JsonDocument document = JsonDocument.Parse(OmniJson.Utf8(written));
        return (read(id, document.RootElement).OrThrow(), written);
    }

    /// <summary>Stores what was read, its secrets sealed.</summary>
    /// <inheritdoc cref="DocumentStore.PutAsync"/>
    public Task<IResult> PutAsync(
        DocumentKind kind,
        string id,
        JsonObject document,
        HttpContext context,
        CancellationToken cancellationToken,
        ReadOnlyMemory<Effect> beside = default
    )
    {
        secrets.Seal(kind, id, document);
        return documents.PutAsync(kind, id, OmniJson.Utf8(document), context, cancellationToken, beside);
    }
}
