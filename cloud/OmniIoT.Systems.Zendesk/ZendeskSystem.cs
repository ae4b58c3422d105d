using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Channels.Inbound;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Systems;
using OmniIoT.Systems.Tickets;

namespace OmniIoT.Systems.Zendesk;

/// <summary>
/// Speaks with Zendesk Support's API, version 2 (developer.zendesk.com/api-reference/ticketing), by the token of one of its users.
/// </summary>
public sealed class ZendeskSystem(SystemsClient client) : ITicketSystem
{
    private const string SignatureHeader = "X-Zendesk-Webhook-Signature";
    private const string TimestampHeader = "X-Zendesk-Webhook-Signature-Timestamp";

    /// <summary>What one answer holds, with room to spare.</summary>
    private const int CommentsAtOnce = 100;

    /// <summary>What changed within the last minute is not told (…/incremental_exports): a beginning must lie before it.</summary>
    private static readonly TimeSpan Excluded = TimeSpan.FromMinutes(1);

    private readonly HelpDeskClient _calls = new(
        client,
        static integration => $"{integration.Credentials["user"]}/token:{integration.Credentials["token"]}"
    );

    public string Type => Integration.Zendesk;

    public async ValueTask<IReadOnlyList<Ticket>> FindAsync(Integration integration, string tag, CancellationToken cancellationToken)
    {
        string query = Uri.EscapeDataString($"type:ticket tags:{tag}");
        JsonNode? answer = await _calls.GetAsync(integration, $"/api/v2/search.json?query={query}", cancellationToken);
        return [.. ZendeskJson.Array(answer?["results"]).Select(static one => ZendeskJson.TicketOf(one!, []))];
    }

    public async ValueTask<Ticket?> GetAsync(Integration integration, string id, CancellationToken cancellationToken)
    {
        JsonNode? answer = await _calls.GetAsync(integration, $"/api/v2/tickets/{id}.json?include=users", cancellationToken);
        return answer is null ? null : ZendeskJson.TicketOf(answer["ticket"]!, ZendeskJson.Array(answer["users"]));
    }

    public async ValueTask<Ticket> CreateAsync(Integration integration, NewTicket ticket, CancellationToken cancellationToken)
    {
        JsonNode answer = await _calls.SendAsync(
            integration,
            HttpMethod.Post,
            "/api/v2/tickets.json",
            new JsonObject { ["ticket"] = ZendeskJson.Write(ticket) },
            cancellationToken,
            ticket.Key
        );
        return ZendeskJson.TicketOf(answer["ticket"]!, []);
    }

    public async ValueTask SetAsync(
        Integration integration,
        string id,
        TicketStatus status,
        CasePriority priority,
        CancellationToken cancellationToken
    ) =>
        await UpdateAsync(
            integration,
            id,
            new JsonObject { ["status"] = ZendeskJson.WordOf(status), ["priority"] = ZendeskJson.WordOf(priority) },
            cancellationToken
        );

    public async ValueTask TagAsync(Integration integration, Ticket ticket, string tag, CancellationToken cancellationToken) =>
        await _calls.SendAsync(
            integration,
            HttpMethod.Put,
            $"/api/v2/tickets/{ticket.Id}/tags.json",
            new JsonObject { ["tags"] = new JsonArray(tag) },
            cancellationToken
        );

    public async ValueTask<IReadOnlyList<TicketComment>> CommentsAsync(
        Integration integration,
        Ticket ticket,
        CancellationToken cancellationToken
    )
    {
        List<TicketComment> comments = [];
        string? path = $"/api/v2/tickets/{ticket.Id}/comments.json?page[size]={CommentsAtOnce}";
        while (path is not null && await _calls.GetAsync(integration, path, cancellationToken) is { } answer)
        {
            comments.AddRange(ZendeskJson.Array(answer["comments"]).Select(one => ZendeskJson.CommentOf(one!, ticket)));
            path = NextOf(integration, answer);
        }
        // The first is the ticket's own text.
        return comments.Count == 0 ? [] : comments[1..];
    }

    public async ValueTask CommentAsync(Integration integration, Ticket ticket, NewComment comment, CancellationToken cancellationToken) =>
        await UpdateAsync(integration, ticket.Id, ZendeskJson.Write(comment, ticket), cancellationToken);

    public async ValueTask<TicketChanges> ChangedAsync(
        Integration integration,
        TicketPosition from,
        int atMost,
        CancellationToken cancellationToken
    )
    {
        long seconds = (from.Since - Excluded).UnixMilliseconds / 1000;
        string start = from.Cursor is { } cursor
            ? "cursor=" + Uri.EscapeDataString(cursor)
            : "start_time=" + seconds.ToString(CultureInfo.InvariantCulture);
        string path = $"/api/v2/incremental/tickets/cursor.json?{start}&per_page={atMost}&include=users";
        JsonNode? answer = await _calls.GetAsync(integration, path, cancellationToken);
        JsonArray users = ZendeskJson.Array(answer?["users"]);
        return new TicketChanges(
            [.. ZendeskJson.Array(answer?["tickets"]).Select(one => ZendeskJson.TicketOf(one!, users))],
            (string?)answer?["after_cursor"] ?? from.Cursor,
            answer?["end_of_stream"] is not JsonValue end || (bool)end
        );
    }

    /// <summary>By HMAC-SHA-256 of time and body in base64 (developer.zendesk.com/documentation/webhooks/verifying).</summary>
    public bool IsProved(Integration integration, TicketCall call)
    {
        if ((string?)integration.Secret is not { } secret)
            return false;
        byte[] signed = [.. Encoding.UTF8.GetBytes(call.Header(TimestampHeader)), .. call.Body.Span];
        string expected = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
        return Proof.IsSame(call.Header(SignatureHeader), expected);
    }

    private async ValueTask UpdateAsync(Integration integration, string id, JsonObject ticket, CancellationToken cancellationToken) =>
        await _calls.SendAsync(
            integration,
            HttpMethod.Put,
            $"/api/v2/tickets/{id}.json",
            new JsonObject { ["ticket"] = ticket },
            cancellationToken
        );

    /// <summary>The address of the next page, as far as it lies at the help desk.</summary>
    private static string? NextOf(Integration integration, JsonNode answer) =>
        answer["meta"]?["has_more"] is JsonValue more
        && (bool)more
        && (string?)answer["links"]?["next"] is { } next
        && next.StartsWith(integration.Endpoint + "/", StringComparison.Ordinal)
            ? next[integration.Endpoint.Length..]
            : null;
}
