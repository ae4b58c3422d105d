using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Problems;
using OmniIoT.Domain;
using OmniIoT.Web.Json;

namespace OmniIoT.Api.Requests;

/// <summary>Reads what was sent; what cannot be understood ends the request with the place of the mistake.</summary>
internal static class Body
{
    /// <summary>Largest body of any call: ten times a fence of 10,000 vertices in generous notation.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    /// <summary>Reads a body of the shape.</summary>
    public static async ValueTask<T> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class => Parse<T>(await ReadJsonAsync(request, cancellationToken));

    /// <summary>Reads a body of the shape; null when none was sent.</summary>
    public static async ValueTask<T?> ReadOptionalAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        ReadOnlyMemory<byte> utf8 = await ReadBytesAsync(request, cancellationToken);
        return utf8.IsEmpty ? null : Parse<T>(Checked(utf8));
    }

    /// <summary>Reads a JSON object as such.</summary>
    public static async ValueTask<JsonObject> ReadObjectAsync(HttpRequest request, CancellationToken cancellationToken) =>
        JsonNode.Parse((await ReadJsonAsync(request, cancellationToken)).Span) as JsonObject ?? throw NoObject();

    /// <summary>Reads bytes that are JSON, without a byte order mark.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken) =>
        Checked(await ReadBytesAsync(request, cancellationToken));

    /// <summary>Reads the shape from bytes that are JSON.</summary>
    internal static T Parse<T>(ReadOnlyMemory<byte> utf8)
        where T : class
    {
        RefuseUnknown(typeof(T), utf8);
        try
        {
            return JsonSerializer.Deserialize<T>(utf8.Span, OmniJson.Options) ?? throw NoObject();
        }
        catch (JsonException error)
        {
            throw new ProblemException(
                Problem.Unprocessable(
                    new ProblemError(JsonExpectation.PointerOf(error.Path), JsonExpectation.Describe(typeof(T), error.Path))
                )
            );
        }
    }

    private static void RefuseUnknown(Type body, ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = JsonDocument.Parse(utf8);
        Mistakes mistakes = new();
        UnknownMembers.AddTo(mistakes, body, document.RootElement);
        mistakes.ThrowIfAny();
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using MemoryStream buffer = new();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return JsonSyntax.WithoutByteOrderMark(buffer.ToArray());
    }

    private static ReadOnlyMemory<byte> Checked(ReadOnlyMemory<byte> utf8) =>
        JsonSyntax.FindMistake(utf8.Span) is { } mistake
            ? throw new ProblemException(Problem.Unprocessable(new ProblemError("", mistake.Line, mistake.Column, mistake.Message)))
            : utf8;

    private static ProblemException NoObject() => new(Problem.Unprocessable(new ProblemError("", "must be an object")));
}
