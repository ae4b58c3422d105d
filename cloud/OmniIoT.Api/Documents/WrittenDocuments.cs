using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Hosting;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;

namespace OmniIoT.Api.Documents;

/// <summary>All calls of a kind of documents that rest on nothing but themselves.</summary>
internal static class WrittenDocuments
{
    /// <param name="all">What they are called, many and one.</param>
    /// <param name="asked">Rights that the writer of one needs beside; null: none.</param>
    public static void MapAll<TBody, T>(
        this RouteGroupBuilder group,
        DocumentKind kind,
        string all,
        string one,
        Func<string, JsonElement, DocumentReading<T>> read,
        Func<T, RightSet>? asked = null
    )
        where T : class
    {
        group.MapDocuments(kind).Lists<JsonElement>($"All {all}, by id; q matches id, name, title or shortcut anywhere.");
        group.MapDocument(kind).Shows<JsonElement>($"Answers with {one}.");
        group
            .MapPut(
                "/{id}",
                async (string id, DocumentStore documents, HttpContext context, CancellationToken cancellationToken) =>
                {
                    (T value, ReadOnlyMemory<byte> json) = await DocumentJson.ReadAsync(id, context, read, cancellationToken);
                    context.RequireOwnRights(asked?.Invoke(value) ?? RightSet.None);
                    return await documents.PutAsync(kind, id, json, context, cancellationToken);
                }
            )
            .Writes<TBody, JsonElement>($"Creates or replaces {one}.");
        group.MapDocumentRemoval(kind).Removes($"Removes {one}.");
    }
}
