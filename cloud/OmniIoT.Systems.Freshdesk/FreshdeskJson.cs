using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Systems;
using OmniIoT.Systems.Tickets;

namespace OmniIoT.Systems.Freshdesk;

/// <summary>Tickets and comments in Freshdesk's words and numbers.</summary>
internal static class FreshdeskJson
{
    /// <summary>Begins the line at the end of a comment by which it is known again.</summary>
    private const string KeyLine = "omniiot:";

    /// <summary>Where notes come from, as ours do; answers by mail come from 0.</summary>
    private const int NoteSource = 2;

    public static Ticket TicketOf(JsonNode json) =>
        new()
        {
            Id = TextOf(json["id"]),
            Subject = (string?)json["subject"] ?? "",
            Text = (string?)json["description_text"] ?? "",
            Status = StatusOf((int?)json["status"]),
            Priority = PriorityOf((int?)json["priority"]),
            Tags = [.. (json["tags"] as JsonArray ?? []).Select(TextOf)],
            Requester = new TicketPerson(
                TextOf(json["requester_id"]),
                (string?)json["requester"]?["name"],
                (string?)json["requester"]?["email"]
            ),
            UpdatedAt = TimeOf(json["updated_at"]),
        };

    public static TicketComment CommentOf(JsonNode json)
    {
        string text = ((string?)json["body_text"] ?? "").TrimEnd();
        string? key = (int?)json["source"] is NoteSource ? KeyIn(text) : null;
        return new TicketComment(
            TextOf(json["id"]),
            text,
            key,
            json["private"] is not JsonValue isPrivate || !(bool)isPrivate,
            json["incoming"] is JsonValue incoming && (bool)incoming,
            TimeOf(json["created_at"])
        );
    }

    /// <summary>
    /// The last word, where it is a key: the service may write what were lines one behind the other. What is quoted is none of ours.
    /// </summary>
    private static string? KeyIn(string text)
    {
        string line = text[(text.LastIndexOf('\n') + 1)..];
        string word = line[(line.LastIndexOf(' ') + 1)..];
        return word.StartsWith(KeyLine, StringComparison.Ordinal) && !line.TrimStart().StartsWith('>') ? word[KeyLine.Length..] : null;
    }

    public static JsonObject Write(NewTicket ticket)
    {
        JsonObject json = new()
        {
            ["subject"] = ticket.Subject,
            ["description"] = WebUtility.HtmlEncode(ticket.Text),
            ["status"] = NumberOf(ticket.Status),
            ["priority"] = NumberOf(ticket.Priority),
            ["tags"] = new JsonArray(ticket.Tag),
        };
        if (ticket.Requester.Name is { } name)
            json["name"] = name;
        // One of them must be said: a contact without an address is known by what we call them.
        if (ticket.Requester.Email is { } email)
            json["email"] = email;
        else
            json["unique_external_id"] = ticket.Requester.Id ?? ticket.Key;
        return json;
    }

    public static JsonObject Write(NewComment comment, Ticket ticket)
    {
        string text = WebUtility.HtmlEncode(comment.Text).Replace("\n", "<br>", StringComparison.Ordinal);
        JsonObject json = new()
        {
            ["body"] = $"<div>{text}</div><div>{KeyLine}{comment.Key}</div>",
            ["private"] = !comment.IsPublic,
            ["incoming"] = comment.IsByRequester,
        };
        if (comment.IsByRequester && long.TryParse(ticket.Requester.Id, out long author))
            json["user_id"] = author;
        return json;
    }

    public static int NumberOf(TicketStatus status) =>
        status switch
        {
            TicketStatus.Open => 2,
            TicketStatus.Pending => 3,
            _ => 4,
        };

    public static int NumberOf(CasePriority priority) => (int)priority + 1;

    /// <summary>From 6 on they are the help desk's own, in which work waits for somebody.</summary>
    private static TicketStatus StatusOf(int? number) =>
        number switch
        {
            4 or 5 => TicketStatus.Solved,
            3 or > 5 => TicketStatus.Pending,
            _ => TicketStatus.Open,
        };

    private static CasePriority PriorityOf(int? number) => number is >= 1 and <= 4 ? (CasePriority)(number - 1) : CasePriority.Normal;

    private static Instant TimeOf(JsonNode? node) => Instant.TryParse((string?)node, out Instant time) ? time : new Instant(0);

    private static string TextOf(JsonNode? node) => node?.ToString() ?? "";
}
