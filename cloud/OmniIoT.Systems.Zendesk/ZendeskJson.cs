using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Systems;
using OmniIoT.Systems.Tickets;

namespace OmniIoT.Systems.Zendesk;

/// <summary>Tickets and comments in Zendesk's words.</summary>
internal static class ZendeskJson
{
    /// <summary>By which a comment of ours is known again, in the metadata of its change.</summary>
    private const string KeyMember = "omniiot";

    public static JsonArray Array(JsonNode? node) => node as JsonArray ?? [];

    public static Ticket TicketOf(JsonNode json, JsonArray users)
    {
        string requester = TextOf(json["requester_id"]);
        JsonNode? user = users.FirstOrDefault(one => TextOf(one?["id"]) == requester);
        return new Ticket
        {
            Id = TextOf(json["id"]),
            Subject = (string?)json["subject"] ?? "",
            Text = (string?)json["description"] ?? "",
            Status = StatusOf((string?)json["status"]),
            Priority = PriorityOf((string?)json["priority"]),
            Tags = [.. Array(json["tags"]).Select(TextOf)],
            Requester = new TicketPerson(requester, (string?)user?["name"], (string?)user?["email"]),
            ExternalId = (string?)json["external_id"] ?? "",
            IsClosed = (string?)json["status"] is "closed" or "deleted",
            UpdatedAt = TimeOf(json["updated_at"]),
        };
    }

    public static TicketComment CommentOf(JsonNode json, Ticket ticket) =>
        new(
            TextOf(json["id"]),
            (string?)json["plain_body"] ?? (string?)json["body"] ?? "",
            (string?)json["metadata"]?["custom"]?[KeyMember],
            json["public"] is not JsonValue isPublic || (bool)isPublic,
            TextOf(json["author_id"]) == ticket.Requester.Id,
            TimeOf(json["created_at"])
        );

    public static JsonObject Write(NewTicket ticket)
    {
        JsonObject json = new()
        {
            ["subject"] = ticket.Subject,
            ["comment"] = new JsonObject { ["body"] = ticket.Text },
            ["status"] = WordOf(ticket.Status),
            ["priority"] = WordOf(ticket.Priority),
            ["tags"] = new JsonArray(ticket.Tag),
            ["external_id"] = ticket.Key,
        };
        // Whoever has no address is not made a user there: the ticket is then the integration's own.
        if (ticket.Requester.Email is { } email)
            json["requester"] = new JsonObject { ["name"] = ticket.Requester.Name ?? email, ["email"] = email };
        return json;
    }

    public static JsonObject Write(NewComment comment, Ticket ticket)
    {
        JsonObject written = new() { ["body"] = comment.Text, ["public"] = comment.IsPublic };
        if (comment.IsByRequester && long.TryParse(ticket.Requester.Id, out long author))
            written["author_id"] = author;
        return new JsonObject
        {
            ["comment"] = written,
            ["metadata"] = new JsonObject { [KeyMember] = comment.Key },
        };
    }

    public static string WordOf(TicketStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    public static string WordOf(CasePriority priority) => JsonNamingPolicy.CamelCase.ConvertName(priority.ToString());

    private static TicketStatus StatusOf(string? word) =>
        word switch
        {
            "pending" or "hold" => TicketStatus.Pending,
            "solved" or "closed" or "deleted" => TicketStatus.Solved,
            _ => TicketStatus.Open,
        };

    private static CasePriority PriorityOf(string? word) =>
        Enum.TryParse(word, ignoreCase: true, out CasePriority priority) ? priority : CasePriority.Normal;

    private static Instant TimeOf(JsonNode? node) => Instant.TryParse((string?)node, out Instant time) ? time : new Instant(0);

    /// <summary>Numbers and texts alike.</summary>
    private static string TextOf(JsonNode? node) => node?.ToString() ?? "";
}
