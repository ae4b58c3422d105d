using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Systems;
using OmniIoT.TestKit;
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
    public async Task An_answer_that_is_longer_than_is_read_is_asked_for_in_smaller_parts()
    {
        await SetUpAsync();
        Instant now = Instant.FromTime(TimeProvider.System.GetUtcNow());
        string words = new('x', 128 * 1024);
        for (int i = 1; i <= 40; i++)
            Desk.Write("bob@example.com", "Bob", $"No heat {i}", words, now + TimeSpan.FromSeconds(i));

        await SetUpAsync(pollSeconds: 1, HttpStatusCode.OK);

        await Awaited.Seen(
            async () => (await Host.GetAsync("cases?limit=200")).Items is { Count: 40 } all ? all : null,
            "the cases of all tickets"
        );
    }

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
