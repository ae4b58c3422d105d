using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Systems;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Api.Tests.Integrations;

public sealed class ZendeskTests : IntegrationContract
{
    protected override HelpDeskServer Open() => new ZendeskServer("us@example.com", "key of the desk");

    protected override JsonObject Settings() =>
        new()
        {
            ["type"] = "zendesk",
            ["credentials"] = new JsonObject { ["user"] = "us@example.com", ["token"] = "key of the desk" },
        };

    [Fact]
    public async Task A_closed_ticket_is_told_of_once_and_asked_for_nothing()
    {
        await SetUpAsync();
        JsonNode opened = await OpenAsync("It leaks");
        HeldTicket ticket = await TicketAsync();
        await Host.PostAsync($"cases/{opened["id"]}/resolve", "{}");
        await SettledAsync();
        ticket.IsClosed = true;

        await Host.SendAsync(HttpMethod.Patch, $"cases/{opened["id"]}", """{"status":"open"}""");
        await Host.PostAsync($"cases/{opened["id"]}/notes", """{"text":"It leaks again"}""");
        await SettledAsync();

        JsonArray told = (await Host.GetAsync("customers/ann/timeline?kind=note.added")).Items;
        Assert.Single(told, one => ((string)one!["text"]!).Contains("is closed and takes nothing", StringComparison.Ordinal));
        Assert.Empty(ticket.Comments);
        Assert.Equal(TicketStatus.Solved, ticket.Status);
    }

    [Fact]
    public async Task A_copy_of_a_ticket_that_bears_its_tag_is_not_taken_for_it()
    {
        JsonNode opened = await OpenAsync("It leaks");
        HeldTicket copy = Desk.Write("cem@example.com", "Cem", "A bill", "Too high");
        Desk.Tag(copy, $"omniiot-case-{opened["number"]}");
        await SetUpAsync();

        await Host.PostAsync($"cases/{opened["id"]}/notes", """{"text":"A hose, I think"}""");
        await SettledAsync();

        Assert.Empty(copy.Comments);
        Assert.Equal(2, Desk.Tickets.Count);
    }

    protected override HttpRequestMessage CallOf(HeldTicket ticket, string secret)
    {
        const string time = "2026-12-01T06:00:00Z";
        string body = $$$"""{"type":"zen:event-type:ticket.status_changed","detail":{"id":"{{{ticket.Id}}}"}}""";
        byte[] digest = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(time + body));
        HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/integrations/desk/inbound") { Content = new StringContent(body) };
        request.Headers.Add("X-Zendesk-Webhook-Signature", Convert.ToBase64String(digest));
        request.Headers.Add("X-Zendesk-Webhook-Signature-Timestamp", time);
        return request;
    }
}
