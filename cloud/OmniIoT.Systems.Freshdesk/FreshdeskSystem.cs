using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.Channels.Inbound;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports;
using OmniIoT.Systems.Tickets;

namespace OmniIoT.Systems.Freshdesk;

/// <summary>
/// Speaks with Freshdesk's API, version 2 (developers.freshdesk.com/api), by an agent's key. It knows no keys of calls: what was made
/// before a crash is found by its tag, and a comment by the line at its end.
/// </summary>
public sealed class FreshdeskSystem(SystemsClient client, TimeProvider time) : ITicketSystem
{
    /// <summary>The most that one page has of what was said, and what an answer holds of tickets with room to spare.</summary>
    private const int AtOnce = 100;

    /// <summary>Longer than the search is behind.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    /// <summary>What changed before them within that time is left to the search.</summary>
    private const int PagesOfLately = 10;

    private readonly HelpDeskClient _calls = new(client, static integration => $"{integration.Credentials["apiKey"]}:X");

    public string Type => Integration.Freshdesk;

    /// <summary>What changed lately is in the list at once, and in the search only minutes later.</summary>
    public async ValueTask<IReadOnlyList<Ticket>> FindAsync(Integration integration, string tag, CancellationToken cancellationToken)
    {
        for (int page = 1; page <= PagesOfLately; page++)
        {
            IReadOnlyList<Ticket> lately = await ListAsync(integration, (time.Now() - Lately, "desc"), (AtOnce, page), cancellationToken);
            if (lately.Where(one => one.Tags.Contains(tag)).ToArray() is { Length: > 0 } found)
                return found;
            if (lately.Count < AtOnce)
                break;
        }
        string query = Uri.EscapeDataString($"\"tag:'{tag}'\"");
        JsonNode? answer = await _calls.GetAsync(integration, $"/api/v2/search/tickets?query={query}", cancellationToken);
        return [.. (answer?["results"] as JsonArray ?? []).Select(static one => FreshdeskJson.TicketOf(one!))];
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

    /// <summary>Those of the cursor's second come again, and change nothing.</summary>
    public async ValueTask<TicketChanges> ChangedAsync(
        Integration integration,
        TicketPosition from,
        int atMost,
        CancellationToken cancellationToken
    )
    {
        FreshdeskCursor cursor = FreshdeskCursor.Of(from);
        IReadOnlyList<Ticket> tickets = await ListAsync(
            integration,
            (cursor.Since, "asc"),
            (atMost, cursor.PageOf(atMost)),
            cancellationToken
        );
        return new TicketChanges(tickets, cursor.After(tickets, atMost).ToString(), tickets.Count < atMost);
    }

    private async ValueTask<IReadOnlyList<Ticket>> ListAsync(
        Integration integration,
        (Instant Since, string Order) updated,
        (int Size, int Number) page,
        CancellationToken cancellationToken
    )
    {
        string since = Uri.EscapeDataString(updated.Since.ToString());
        string path = Invariant(
            $"/api/v2/tickets?updated_since={since}&order_by=updated_at&order_type={updated.Order}&per_page={page.Size}&page={page.Number}"
        );
        JsonArray found = await _calls.GetAsync(integration, path, cancellationToken) as JsonArray ?? [];
        return [.. found.Select(static one => FreshdeskJson.TicketOf(one!))];
    }

    /// <summary>By the secret in the address: its automations sign nothing.</summary>
    public bool IsProved(Integration integration, TicketCall call) =>
        (string?)integration.Secret is { } secret && Proof.IsSame(call.Token, secret);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
