using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Desk.Sla;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Desk;

/// <summary>How the desk works: calendars, policies and queues, of which each may name those before it.</summary>
internal static class DeskDocumentEndpoints
{
    public static void MapDeskDocuments(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder calendars = api.MapGroup("/calendars").WithTags("Routing");
        calendars.MapOne<CalendarBody>(DocumentKind.Calendar, "a working calendar", PutCalendarAsync);
        calendars
            .MapDocuments(DocumentKind.Calendar)
            .WithSummary("Working calendars, by id; q matches id or name anywhere.")
            .Produces<Page<JsonElement>>()
            .Fails(401, 403, 422);
        RouteGroupBuilder slas = api.MapGroup("/slas").WithTags("Routing");
        slas.MapOne<SlaBody>(DocumentKind.Sla, "a policy of what customers are promised", PutSlaAsync);
        slas.MapDocuments(DocumentKind.Sla)
            .WithSummary("Policies of what customers are promised, by id; q matches id or name anywhere.")
            .Produces<Page<JsonElement>>()
            .Fails(401, 403, 422);
        RouteGroupBuilder queues = api.MapGroup("/queues").WithTags("Routing");
        queues.MapOne<QueueBody>(DocumentKind.Queue, "a queue", PutQueueAsync);
        queues
            .MapGet("", QueueViews.ListAsync)
            .WithSummary("Queues as they stand now, by id; q matches id or name anywhere.")
            .Produces<Page<QueueView>>()
            .Fails(401, 403, 422);
    }

    private static void MapOne<TBody>(this RouteGroupBuilder group, DocumentKind kind, string what, Delegate put)
    {
        group.MapDocument(kind).WithSummary($"Answers with {what}.").Produces<JsonElement>().Fails(401, 403, 404);
        group
            .MapPut("/{id}", put)
            .WithSummary($"Creates or replaces {what}.")
            .Takes<TBody>()
            .Produces<JsonElement>()
            .Produces<JsonElement>(201)
            .Fails(401, 403, 412, 422);
        group
            .MapDelete(
                "/{id}",
                async (string id, DocumentStore documents, HttpRequest request, CancellationToken cancellationToken) =>
                {
                    await RequireUnusedAsync(documents, kind, id, cancellationToken);
                    return await documents.DeleteAsync(kind, id, request, cancellationToken);
                }
            )
            .WithSummary($"Removes {what} that nothing names.")
            .Produces(204)
            .Fails(401, 403, 404, 409, 412);
    }

    private static async Task<IResult> PutCalendarAsync(
        string id,
        DocumentStore documents,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        ReadOnlyMemory<byte> json = await ReadAsync(id, context, DeskReader.ReadCalendar, cancellationToken).Json();
        return await documents.PutAsync(DocumentKind.Calendar, id, json, context, cancellationToken);
    }

    private static async Task<IResult> PutSlaAsync(
        string id,
        DocumentStore documents,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        (SlaPolicy policy, ReadOnlyMemory<byte> json) = await ReadAsync(id, context, DeskReader.ReadSla, cancellationToken);
        Mistakes mistakes = new();
        await CheckAsync(documents, DocumentKind.Calendar, "/calendar", policy.Calendar, mistakes, cancellationToken);
        mistakes.ThrowIfAny();
        return await documents.PutAsync(DocumentKind.Sla, id, json, context, cancellationToken);
    }

    private static async Task<IResult> PutQueueAsync(
        string id,
        DocumentStore documents,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        (Queue queue, ReadOnlyMemory<byte> json) = await ReadAsync(id, context, DeskReader.ReadQueue, cancellationToken);
        Mistakes mistakes = new();
        await CheckAsync(documents, DocumentKind.Calendar, "/calendar", queue.Calendar, mistakes, cancellationToken);
        await CheckAsync(documents, DocumentKind.Sla, "/sla", queue.Sla, mistakes, cancellationToken);
        await CheckAsync(documents, DocumentKind.Queue, "/overflow/queue", queue.Overflow?.Queue, mistakes, cancellationToken);
        mistakes.ThrowIfAny();
        return await documents.PutAsync(DocumentKind.Queue, id, json, context, cancellationToken);
    }

    /// <summary>Reads a document that the body says whole.</summary>
    /// <exception cref="ProblemException">It was refused; every mistake is named.</exception>
    internal static async Task<(T Value, ReadOnlyMemory<byte> Json)> ReadAsync<T>(
        string id,
        HttpContext context,
        Func<string, JsonElement, DocumentReading<T>> read,
        CancellationToken cancellationToken
    )
        where T : class
    {
        Query.Id(id);
        ReadOnlyMemory<byte> json = DocumentJson.WithId(await Body.ReadJsonAsync(context.Request, cancellationToken), id);
        using JsonDocument document = JsonDocument.Parse(json);
        return (read(id, document.RootElement).OrThrow(), json);
    }

    private static async Task<ReadOnlyMemory<byte>> Json<T>(this Task<(T Value, ReadOnlyMemory<byte> Json)> read) => (await read).Json;

    private static async ValueTask CheckAsync(
        DocumentStore documents,
        DocumentKind kind,
        string pointer,
        string? id,
        Mistakes mistakes,
        CancellationToken cancellationToken
    )
    {
        if (id is not null && !await documents.ExistsAsync(kind, id, cancellationToken))
            mistakes.Add(pointer, Wrong.Unknown(NameOf(kind), id));
    }

    /// <exception cref="ProblemException">Another document names it.</exception>
    private static async ValueTask RequireUnusedAsync(
        DocumentStore documents,
        DocumentKind kind,
        string id,
        CancellationToken cancellationToken
    )
    {
        foreach (DocumentKind user in (DocumentKind[])[DocumentKind.Sla, DocumentKind.Queue])
        {
            await foreach (Document document in documents.AllAsync(user, null, cancellationToken))
            {
                if (Names(document, kind, id))
                    throw new ProblemException(
                        Problem.Of(
                            StatusCodes.Status409Conflict,
                            $"The {NameOf(user)} '{document.Id}' names the {NameOf(kind)} '{id}'.",
                            $"{kind}InUse"
                        )
                    );
            }
        }
    }

    private static bool Names(Document document, DocumentKind kind, string id)
    {
        using JsonDocument json = JsonDocument.Parse(document.Json);
        JsonElement root = json.RootElement;
        return kind switch
        {
            DocumentKind.Queue => root.TryGetProperty("overflow", out JsonElement overflow)
                && overflow.ValueKind is JsonValueKind.Object
                && IsText(overflow, "queue", id),
            _ => IsText(root, NameOf(kind), id),
        };
    }

    private static bool IsText(JsonElement element, string member, string text) =>
        element.TryGetProperty(member, out JsonElement value) && value.ValueKind is JsonValueKind.String && value.ValueEquals(text);

    private static string NameOf(DocumentKind kind) => kind.ToString().ToLowerInvariant();
}
