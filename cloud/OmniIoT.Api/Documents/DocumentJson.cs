using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Text;

namespace OmniIoT.Api.Documents;

/// <summary>Documents are stored as they were written, with their id in them.</summary>
internal static class DocumentJson
{
    /// <summary>What a call writes under an id, and the document to store.</summary>
    /// <exception cref="ProblemException">It is no such document; every mistake is named.</exception>
    public static async Task<(T Value, ReadOnlyMemory<byte> Json)> ReadAsync<T>(
        string id,
        HttpContext context,
        Func<string, JsonElement, DocumentReading<T>> read,
        CancellationToken cancellationToken
    )
        where T : class => Read(id, await Body.ReadJsonAsync(context.Request, cancellationToken), read);

    /// <inheritdoc cref="ReadAsync"/>
    public static (T Value, ReadOnlyMemory<byte> Json) Read<T>(
        string id,
        ReadOnlyMemory<byte> utf8,
        Func<string, JsonElement, DocumentReading<T>> read
    )
        where T : class
    {
        Query.Id(id);
        ReadOnlyMemory<byte> json = WithId(utf8, id);
        using JsonDocument document = JsonDocument.Parse(json);
        return (read(id, document.RootElement).OrThrow(), json);
    }

    /// <summary>The document with its id; the id is added at the end when missing, so that what stands before keeps its place.</summary>
    /// <exception cref="ProblemException">It is no object, or names another id than the address.</exception>
    public static ReadOnlyMemory<byte> WithId(ReadOnlyMemory<byte> utf8, string id)
    {
        using JsonDocument document = JsonDocument.Parse(utf8);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw Refuse("", "must be an object");
        if (!document.RootElement.TryGetProperty("id", out JsonElement stated))
            return Append(utf8.Span, document.RootElement, id);
        return stated.ValueKind == JsonValueKind.String && stated.GetString() == id
            ? utf8
            : throw Refuse("/id", $"must be \"{id}\", the id in the address");
    }

    private static byte[] Append(ReadOnlySpan<byte> utf8, JsonElement root, string id)
    {
        int end = utf8.LastIndexOf((byte)'}');
        ReadOnlySpan<byte> comma = root.EnumerateObject().Any() ? ","u8 : ""u8;
        return [.. utf8[..end], .. comma, .. "\"id\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(id), .. "}"u8];
    }

    private static ProblemException Refuse(string pointer, string message) =>
        new(Problem.Unprocessable(new ProblemError(pointer, message)));
}
