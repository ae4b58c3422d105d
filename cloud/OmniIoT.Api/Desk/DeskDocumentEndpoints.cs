using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Desk.Sla;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Desk;

/// <summary>How the desk works: calendars, policies and queues, of which each may name those before it.</summary>
internal static class DeskDocumentEndpoints
{
    public static void MapDeskDocuments(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder calendars = api.MapGroup("/calendars").WithTags("Routing");
        calendars.MapOne<CalendarBody>(DocumentKind.Calendar, "a working calendar", PutCalendarAsync);
        calendars.MapDocuments(DocumentKind.Calendar).Lists<JsonElement>("Working calendars, by id; q matches id or name anywhere.");
        RouteGroupBuilder slas = api.MapGroup("/slas").WithTags("Routing");
        slas.MapOne<SlaBody>(DocumentKind.Sla, "a policy of what customers are promised", PutSlaAsync);
        slas.MapDocuments(DocumentKind.Sla)
            .Lists<JsonElement>("Policies of what customers are promised, by id; q matches id or name anywhere.");
        RouteGroupBuilder queues = api.MapGroup("/queues").WithTags("Routing");
        queues.MapOne<QueueBody>(DocumentKind.Queue, "a queue", PutQueueAsync);
        queues.MapGet("", QueueViews.ListAsync).Lists<QueueView>("Queues as they stand now, by id; q matches id or name anywhere.");
    }

    private static void MapOne<TBody>(this RouteGroupBuilder group, DocumentKind kind, string what, Delegate put)
    {
        group.MapDocument(kind).Shows<JsonElement>($"Answers with {what}.");
        group.MapPut("/{id}", put).Writes<TBody, JsonElement>($"Creates or replaces {what}.");
        group
            .MapDocumentRemoval(kind, check: (documents, id, cancel) => RequireUnusedAsync(documents, kind, id, cancel))
            .Removes($"Removes {what} that nothing names.")
            .Fails(409);
    }

    private static async Task<IResult> PutCalendarAsync(
        string id,
        DocumentStore documents,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        (_, ReadOnlyMemory<byte> json) = await DocumentJson.ReadAsync(id, context, DeskReader.ReadCalendar, cancellationToken);
        return await documents.PutAsync(DocumentKind.Calendar, id, json, context, cancellationToken);
    }

    private static async Task<IResult> PutSlaAsync(
        string id,
        DocumentStore documents,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        (SlaPolicy policy, ReadOnlyMemory<byte> json) = await DocumentJson.ReadAsync(id, context, DeskReader.ReadSla, cancellationToken);
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
        (Queue queue, ReadOnlyMemory<byte> json) = await DocumentJson.ReadAsync(id, context, DeskReader.ReadQueue, cancellationToken);
        Mistakes mistakes = new();
        await CheckAsync(documents, DocumentKind.Calendar, "/calendar", queue.Calendar, mistakes, cancellationToken);
        await CheckAsync(documents, DocumentKind.Sla, "/sla", queue.Sla, mistakes, cancellationToken);
        await CheckAsync(documents, DocumentKind.Queue, "/overflow/queue", queue.Overflow?.Queue, mistakes, cancellationToken);
        mistakes.ThrowIfAny();
        return await documents.PutAsync(DocumentKind.Queue, id, json, context, cancellationToken);
    }

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
    private static async Task RequireUnusedAsync(DocumentStore documents, DocumentKind kind, string id, CancellationToken cancellationToken)
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
