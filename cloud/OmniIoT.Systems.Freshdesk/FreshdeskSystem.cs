using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.Channels.Inbound;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Systems;
using OmniIoT.Systems.Tickets;

namespace OmniIoT.Systems.Freshdesk;

/// <summary>
/// Speaks with Freshdesk's API, version 2 (developers.freshdesk.com/api), by an agent's key. It knows no keys of calls: what was made
/// before a crash is found by its tag, and a comment by the line at its end.
/// </summary>
public sealed class FreshdeskSystem(SystemsClient client) : ITicketSystem
{
    /// <summary>The most that one page has of what was said, and what an answer holds of tickets with room to spare.</summary>
    private const int AtOnce = 100;

    private readonly HelpDeskClient _calls = new(client, static integration => $"{integration.Credentials["apiKey"]}:X");

    public string Type => Integration.Freshdesk;

    public async ValueTask<Ticket?> FindAsync(Integration integration, string tag, CancellationToken cancellationToken)
    {
        string query = Uri.EscapeDataString($"\"tag:'{tag}'\"");
        JsonNode? answer = await _calls.GetAsync(integration, $"/api/v2/search/tickets?query={query}", cancellationToken);
        return answer?["results"] is JsonArray { Count: > 0 } found ? FreshdeskJson.TicketOf(found[0]!) : null;
    }

    public async ValueTask<Ticket?> GetAsync(Integration integration, string id, CancellationToken cancellationToken)
    {
        JsonNode? answer = await _calls.GetAsync(integration, $"/api/v2/tickets/{id}?include=requester", cancellationToken);
        return answer is null ? null : FreshdeskJson.TicketOf(answer);
    }

    public async ValueTask<Ticket> CreateAsync(Integration integration, NewTicket ticket, CancellationToken cancellationToken) =>
        FreshdeskJson.TicketOf(
            await _calls.SendAsync(integration, HttpMethod.Post, "/api/v2/tickets", FreshdeskJson.Write(ticket), cancellationToken)
        );

    public async ValueTask SetAsync(
        Integration integration,
        string id,
        TicketStatus status,
        CasePriority priority,
        CancellationToken cancellationToken
    ) =>
        await _calls.SendAsync(
            integration,
            HttpMethod.Put,
            $"/api/v2/tickets/{id}",
            new JsonObject { ["status"] = FreshdeskJson.NumberOf(status), ["priority"] = FreshdeskJson.NumberOf(priority) },
            cancellationToken
        );

    public async ValueTask TagAsync(Integration integration, Ticket ticket, string tag, CancellationToken cancellationToken) =>
        await _calls.SendAsync(
            integration,
            HttpMethod.Put,
            $"/api/v2/tickets/{ticket.Id}",
            new JsonObject { ["tags"] = new JsonArray([.. ticket.Tags.Append(tag).Select(static one => (JsonNode?)one)]) },
            cancellationToken
        );

    public async ValueTask<IReadOnlyList<TicketComment>> CommentsAsync(
        Integration integration,
        Ticket ticket,
        CancellationToken cancellationToken
    )
    {
        List<TicketComment> comments = [];
        for (int page = 1; ; page++)
        {
            string path = Invariant($"/api/v2/tickets/{ticket.Id}/conversations?per_page={AtOnce}&page={page}");
            JsonArray found = await _calls.GetAsync(integration, path, cancellationToken) as JsonArray ?? [];
            comments.AddRange(found.Select(static one => FreshdeskJson.CommentOf(one!)));
            if (found.Count < AtOnce)
                return comments;
        }
    }

    public async ValueTask CommentAsync(Integration integration, Ticket ticket, NewComment comment, CancellationToken cancellationToken) =>
        await _calls.SendAsync(
            integration,
            HttpMethod.Post,
            $"/api/v2/tickets/{ticket.Id}/notes",
            FreshdeskJson.Write(comment, ticket),
            cancellationToken
        );

    /// <summary>The cursor is the time of the last one: those of that time come again, and change nothing.</summary>
    public async ValueTask<TicketChanges> ChangedAsync(
        Integration integration,
        string? cursor,
        Instant since,
        CancellationToken cancellationToken
    )
    {
        string from = Uri.EscapeDataString(cursor ?? since.ToString());
        string path = Invariant(
            $"/api/v2/tickets?updated_since={from}&order_by=updated_at&order_type=asc&per_page={AtOnce}&include=requester"
        );
        JsonArray found = await _calls.GetAsync(integration, path, cancellationToken) as JsonArray ?? [];
        Ticket[] tickets = [.. found.Select(static one => FreshdeskJson.TicketOf(one!))];
        string? last = tickets.Length == 0 ? cursor : tickets[^1].UpdatedAt.ToString();
        return new TicketChanges(tickets, last, tickets.Length < AtOnce || last == cursor);
    }

    /// <summary>By the secret in the address: its automations sign nothing.</summary>
    public bool IsProved(Integration integration, TicketCall call) =>
        (string?)integration.Secret is { } secret && Proof.IsSame(call.Token, secret);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
