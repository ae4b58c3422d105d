using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Systems;

namespace OmniIoT.TestKit.Providers;

/// <summary>
/// Zendesk Support's API as far as tickets go (developer.zendesk.com/api-reference/ticketing): search by tag, tickets with idempotency
/// keys, tags, comments with metadata, incremental export by cursor.
/// </summary>
public sealed class ZendeskServer(string user, string token) : HelpDeskServer(user + "/token", token)
{
    protected override JsonObject Unauthorized => new() { ["error"] = "Couldn't authenticate you" };

    protected override JsonNode Answer(ProviderCall call, string[] path, IReadOnlyDictionary<string, string> query) =>
        (call.Method, path) switch
        {
            (_, ["search.json"]) => Search(query["query"]),
            ("POST", ["tickets.json"]) => Create(call),
            ("GET", ["tickets", var id, "comments.json"]) => Find(id) is { } ticket ? CommentsOf(ticket) : Missing,
            ("PUT", ["tickets", var id, "tags.json"]) => Find(id) is { } ticket ? Tag(ticket, call.Json) : Missing,
            ("GET", ["tickets", var id]) => Find(Bare(id)) is { } ticket ? Shown(ticket) : Missing,
            ("PUT", ["tickets", var id]) => Find(Bare(id)) is { } ticket ? Update(ticket, call.Json["ticket"]!) : Missing,
            ("GET", ["incremental", "tickets", "cursor.json"]) => Changed(query),
            _ => Missing,
        };

    private static string Bare(string id) => id.Replace(".json", "", StringComparison.Ordinal);

    private JsonObject Search(string query)
    {
        string tag = query.Split(' ').First(static word => word.StartsWith("tags:", StringComparison.Ordinal))["tags:".Length..];
        JsonNode[] found = [.. Tickets.Where(ticket => ticket.Tags.Contains(tag)).Select(Json)];
        return new JsonObject { ["results"] = new JsonArray(found), ["count"] = found.Length };
    }

    private JsonObject Create(ProviderCall call)
    {
        string? key = call.Headers.GetValueOrDefault("Idempotency-Key");
        if (key is not null && Tickets.FirstOrDefault(one => one.MadeBy == key) is { } made)
            return Shown(made);
        JsonNode json = call.Json["ticket"]!;
        HeldTicket ticket = new(Next(), (string)json["subject"]!, (string)json["comment"]!["body"]!)
        {
            Requester = PersonOf((string?)json["requester"]?["email"], (string?)json["requester"]?["name"]),
            MadeBy = key,
            ExternalId = (string?)json["external_id"],
        };
        ticket.Tags.AddRange((json["tags"] as JsonArray ?? []).Select(static tag => (string)tag!));
        Update(Add(ticket), json, isNew: true);
        return Shown(ticket);
    }

    private JsonObject Update(HeldTicket ticket, JsonNode json, bool isNew = false)
    {
        if ((string?)json["status"] is { } status)
            ticket.Status = status switch
            {
                "pending" or "hold" => TicketStatus.Pending,
                "solved" or "closed" => TicketStatus.Solved,
                _ => TicketStatus.Open,
            };
        if ((string?)json["priority"] is { } priority)
            ticket.Priority = Enum.Parse<CasePriority>(priority, ignoreCase: true);
        if (!isNew && json["comment"] is { } comment)
            ticket.Comments.Add(
                new HeldComment(
                    Next(),
                    (string)comment["body"]!,
                    (bool?)comment["public"] ?? true,
                    (long?)comment["author_id"] == ticket.Requester?.Id,
                    Now(),
                    (string?)json["metadata"]?["omniiot"]
                )
            );
        ticket.UpdatedAt = Now();
        return Shown(ticket);
    }

    private static JsonObject Tag(HeldTicket ticket, JsonObject json)
    {
        ticket.Tags.AddRange(json["tags"]!.AsArray().Select(static tag => (string)tag!).Except(ticket.Tags).ToArray());
        ticket.UpdatedAt = Now();
        return new JsonObject { ["tags"] = new JsonArray([.. ticket.Tags.Select(static tag => (JsonNode?)tag)]) };
    }

    /// <summary>The first is the ticket's own text.</summary>
    private static JsonObject CommentsOf(HeldTicket ticket) =>
        new()
        {
            ["comments"] = new JsonArray([
                Json(new HeldComment(ticket.Id, ticket.Text, true, true, ticket.UpdatedAt, null), ticket),
                .. ticket.Comments.Select(comment => Json(comment, ticket)),
            ]),
            ["meta"] = new JsonObject { ["has_more"] = false },
            ["links"] = new JsonObject { ["next"] = null },
        };

    /// <summary>All that changed since the time, or since the cursor's; those of the same second once more.</summary>
    private JsonObject Changed(IReadOnlyDictionary<string, string> query)
    {
        long since = long.Parse(
            query.TryGetValue("cursor", out string? cursor) ? cursor : query["start_time"],
            CultureInfo.InvariantCulture
        );
        HeldTicket[] changed =
        [
            .. Tickets.Where(ticket => ticket.UpdatedAt.UnixMilliseconds / 1000 >= since).OrderBy(static ticket => ticket.UpdatedAt),
        ];
        int size = int.Parse(query["per_page"], CultureInfo.InvariantCulture);
        bool isEnd = changed.Length <= size;
        changed = [.. changed.Take(size)];
        long next = changed.Length == 0 ? since : changed[^1].UpdatedAt.UnixMilliseconds / 1000;
        return new JsonObject
        {
            ["tickets"] = new JsonArray([.. changed.Select(Json)]),
            ["users"] = new JsonArray([.. changed.Select(static ticket => Json(ticket.Requester!))]),
            ["after_cursor"] = next.ToString(CultureInfo.InvariantCulture),
            ["end_of_stream"] = isEnd,
        };
    }

    private static JsonObject Shown(HeldTicket ticket) =>
        new() { ["ticket"] = Json(ticket), ["users"] = new JsonArray(Json(ticket.Requester!)) };

    private static JsonObject Json(HeldPerson person) =>
        new()
        {
            ["id"] = person.Id,
            ["name"] = person.Name,
            ["email"] = person.Email,
        };

    private static JsonObject Json(HeldComment comment, HeldTicket ticket) =>
        new()
        {
            ["id"] = comment.Id,
            ["type"] = "Comment",
            ["body"] = comment.Text,
            ["plain_body"] = comment.Text,
            ["public"] = comment.IsPublic,
            ["author_id"] = comment.IsByRequester ? ticket.Requester!.Id : 7,
            ["created_at"] = comment.At.ToString(),
            ["metadata"] = new JsonObject
            {
                ["system"] = new JsonObject(),
                ["custom"] = comment.Key is null ? new JsonObject() : new JsonObject { ["omniiot"] = comment.Key },
            },
        };

    private static JsonNode Json(HeldTicket ticket) =>
        new JsonObject
        {
            ["id"] = ticket.Id,
            ["subject"] = ticket.Subject,
            ["description"] = ticket.Text,
            ["status"] = ticket.IsClosed ? "closed" : ticket.Status.ToString().ToLowerInvariant(),
            ["priority"] = ticket.Priority.ToString().ToLowerInvariant(),
            ["tags"] = new JsonArray([.. ticket.Tags.Select(static tag => (JsonNode?)tag)]),
            ["requester_id"] = ticket.Requester!.Id,
            ["external_id"] = ticket.ExternalId,
            ["updated_at"] = ticket.UpdatedAt.ToString(),
        };
}
