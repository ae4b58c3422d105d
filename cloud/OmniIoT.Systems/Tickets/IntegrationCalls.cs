using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OmniIoT.Domain;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports.Metrics;

namespace OmniIoT.Systems.Tickets;

/// <summary>
/// What help desks call, <c>POST /api/v1/integrations/{id}/inbound</c>: no bearer, only their own proof. The call says which ticket
/// changed; how it is now is asked of the help desk, so that a call that comes again, late or out of order changes nothing.
/// </summary>
public sealed class IntegrationCalls(TicketDesk desk, TicketTaking taking, OmniMetrics metrics)
{
    private const int MaximumBytes = 256 * 1024;

    /// <summary>Where the number of the ticket stands: in events, in what automations write, and in its own member.</summary>
    private static readonly string[][] Places =
    [
        ["detail", "id"],
        ["ticket", "id"],
        ["freshdesk_webhook", "ticket_id"],
        ["ticket_id"],
        ["id"],
    ];

    public async Task AnswerAsync(HttpContext context, string id)
    {
        CancellationToken cancellationToken = context.RequestAborted;
        if (desk.Find(id) is not { } found)
        {
            await FailAsync(context, StatusCodes.Status404NotFound, $"There is no integration '{id}' that is called so.");
            return;
        }
        // What is longer ends with 413.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = MaximumBytes;
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        TicketCall call = new(name => context.Request.Headers[name].ToString(), context.Request.Query["token"].ToString(), body.ToArray());
        if (!found.System.IsProved(found.Integration, call))
        {
            metrics.WebhooksRefused.Add(1, new KeyValuePair<string, object?>("channel", id));
            await FailAsync(context, StatusCodes.Status403Forbidden, "The proof is missing or wrong.");
        }
        else if (TicketIn(call.Body.Span) is not { } ticket)
            await FailAsync(context, StatusCodes.Status422UnprocessableEntity, "The call names no ticket.");
        else
            await TakeAsync(context, found.Integration, found.System, ticket);
    }

    private async Task TakeAsync(HttpContext context, Integration integration, ITicketSystem system, string id)
    {
        try
        {
            if (await system.GetAsync(integration, id, context.RequestAborted) is { } ticket)
                await taking.TakeAsync(integration, system, ticket, context.RequestAborted);
        }
        catch (TicketSystemException refused)
        {
            await FailAsync(context, StatusCodes.Status502BadGateway, $"The help desk does not say how the ticket is: {refused.Message}");
        }
    }

    private static string? TicketIn(ReadOnlySpan<byte> utf8)
    {
        try
        {
            JsonNode? json = JsonNode.Parse(utf8);
            string? named = Places
                .Select(place => place.Aggregate(json, Member))
                .FirstOrDefault(static one => one is JsonValue)
                ?.ToString();
            return named is { Length: > 0 } && named.All(char.IsAsciiDigit) ? named : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? Member(JsonNode? node, string name) => (node as JsonObject)?[name];

    private static Task FailAsync(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        JsonObject problem = new()
        {
            ["type"] = "about:blank",
            ["title"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
            ["status"] = status,
            ["detail"] = detail,
        };
        return context.Response.WriteAsJsonAsync(problem, OmniJson.Options, "application/problem+json");
    }
}
