using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Systems;

namespace OmniIoT.TestKit.Providers;

/// <summary>
/// Freshdesk's API as far as tickets go (developers.freshdesk.com/api): search by tag, tickets, notes, conversations, what was updated
/// since.
/// </summary>
public sealed partial class FreshdeskServer(string apiKey) : HelpDeskServer(apiKey, "X")
{
    private const string KeyLine = "omniiot:";

    /// <summary>Whether the search knows nothing of what changed lately.</summary>
    public bool IsSearchBehind { get; set; }

    protected override JsonObject Unauthorized => new() { ["code"] = "invalid_credentials" };

    protected override JsonNode Answer(ProviderCall call, string[] path, IReadOnlyDictionary<string, string> query) =>
        (call.Method, path) switch
        {
            ("GET", ["search", "tickets"]) => Search(query["query"]),
            ("POST", ["tickets"]) => Create(call.Json),
            ("GET", ["tickets"]) => Changed(query),
            ("GET", ["tickets", var id, "conversations"]) => Find(id) is { } ticket ? CommentsOf(ticket, query["page"]) : Missing,
            ("POST", ["tickets", var id, "notes"]) => Find(id) is { } ticket ? Note(ticket, call.Json) : Missing,
            ("GET", ["tickets", var id]) => Find(id) is { } ticket ? Json(ticket) : Missing,
            ("PUT", ["tickets", var id]) => Find(id) is { } ticket ? Update(ticket, call.Json) : Missing,
            _ => Missing,
        };

    private JsonObject Search(string query)
    {
        string tag = query.Split('\'')[1];
        JsonNode[] found = IsSearchBehind ? [] : [.. Tickets.Where(ticket => ticket.Tags.Contains(tag)).Select(Listed)];
        return new JsonObject { ["results"] = new JsonArray(found), ["total"] = found.Length };
    }

    private JsonObject Create(JsonObject json)
    {
        HeldTicket ticket = new(Next(), (string)json["subject"]!, WebUtility.HtmlDecode((string)json["description"]!))
        {
            Requester = PersonOf((string?)json["email"], (string?)json["name"]),
        };
        return Update(Add(ticket), json);
    }

    private static JsonObject Update(HeldTicket ticket, JsonObject json)
    {
        if ((int?)json["status"] is { } status)
            ticket.Status = status switch
            {
                3 => TicketStatus.Pending,
                4 or 5 => TicketStatus.Solved,
                _ => TicketStatus.Open,
            };
        if ((int?)json["priority"] is { } priority)
            ticket.Priority = (CasePriority)(priority - 1);
        if (json["tags"] is JsonArray tags)
        {
            ticket.Tags.Clear();
            ticket.Tags.AddRange(tags.Select(static tag => (string)tag!));
        }
        ticket.UpdatedAt = Now();
        return Json(ticket);
    }

    private JsonNode Note(HeldTicket ticket, JsonObject json)
    {
        string text = WebUtility.HtmlDecode(Elements().Replace((string)json["body"]!, " ")).Trim();
        int at = text.LastIndexOf(KeyLine, StringComparison.Ordinal);
        HeldComment comment = new(
            Next(),
            text,
            !((bool?)json["private"] ?? true),
            (bool?)json["incoming"] ?? false,
            Now(),
            at < 0 ? null : text[(at + KeyLine.Length)..]
        );
        ticket.Comments.Add(comment);
        ticket.UpdatedAt = Now();
        return Json(comment);
    }

    private static JsonArray CommentsOf(HeldTicket ticket, string page) =>
        page == "1" ? new JsonArray([.. ticket.Comments.Select(Json)]) : [];

    private JsonArray Changed(IReadOnlyDictionary<string, string> query)
    {
        Instant since = Instant.TryParse(query["updated_since"], out Instant time) ? time : new Instant(0);
        // Whole seconds, as the service counts them.
        long from = since.UnixMilliseconds / 1000 * 1000;
        IEnumerable<HeldTicket> found = Tickets
            .Where(ticket => ticket.UpdatedAt.UnixMilliseconds >= from)
            .OrderBy(static ticket => ticket.UpdatedAt);
        int size = int.Parse(query["per_page"], CultureInfo.InvariantCulture);
        int page = int.Parse(query.GetValueOrDefault("page", "1"), CultureInfo.InvariantCulture);
        if (query["order_type"] == "desc")
            found = found.Reverse();
        return new JsonArray([.. found.Skip((page - 1) * size).Take(size).Select(Listed)]);
    }

    /// <summary>As lists have it: without who asked and what.</summary>
    private static JsonNode Listed(HeldTicket ticket)
    {
        JsonObject json = Json(ticket);
        json.Remove("description_text");
        json.Remove("requester");
        return json;
    }

    private static JsonNode Json(HeldComment comment) =>
        new JsonObject
        {
            ["id"] = comment.Id,
            ["body_text"] = comment.Text,
            ["private"] = !comment.IsPublic,
            ["incoming"] = comment.IsByRequester,
            ["source"] = comment.Key is null && comment.IsPublic ? 0 : 2,
            ["created_at"] = comment.At.ToString(),
        };

    private static JsonObject Json(HeldTicket ticket) =>
        new JsonObject
        {
            ["id"] = ticket.Id,
            ["subject"] = ticket.Subject,
            ["description_text"] = ticket.Text,
            ["status"] = (int)ticket.Status + 2,
            ["priority"] = (int)ticket.Priority + 1,
            ["tags"] = new JsonArray([.. ticket.Tags.Select(static tag => (JsonNode?)tag)]),
            ["requester_id"] = ticket.Requester!.Id,
            ["requester"] = new JsonObject
            {
                ["id"] = ticket.Requester.Id,
                ["name"] = ticket.Requester.Name,
                ["email"] = ticket.Requester.Email,
            },
            ["updated_at"] = ticket.UpdatedAt.ToString(),
        };

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Elements();
}
