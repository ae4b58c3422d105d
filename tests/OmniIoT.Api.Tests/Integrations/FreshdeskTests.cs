using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Systems;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Api.Tests.Integrations;

public sealed class FreshdeskTests : IntegrationContract
{
    protected override HelpDeskServer Open() => new FreshdeskServer("key of the desk");

    protected override JsonObject Settings() =>
        new()
        {
            ["type"] = "freshdesk",
            ["credentials"] = new JsonObject { ["apiKey"] = "key of the desk" },
        };

    [Fact]
    public async Task More_that_changed_within_one_second_than_a_page_holds_is_read_to_its_end()
    {
        await SetUpAsync(pollSeconds: 1);
        Instant second = Instant.FromTime(TimeProvider.System.GetUtcNow()) + TimeSpan.FromSeconds(10);
        // Of what is done nothing is made, so that it stays as it is.
        for (int i = 0; i < 100; i++)
            Desk.Set(Desk.Write("bob@example.com", "Bob", $"No heat {i}", "It stays cold"), TicketStatus.Solved, second);
        Desk.Write("cem@example.com", "Cem", "A noise", "At night", second);

        await Awaited.Seen(async () => (await Host.GetAsync("cases")).Items is [var last] ? last : null, "the case of the last ticket");
    }

    [Fact]
    public async Task An_answer_that_quotes_a_comment_of_ours_is_not_ours()
    {
        await SetUpAsync();
        JsonNode opened = await OpenAsync("It leaks");
        HeldTicket ticket = await TicketAsync();
        await Host.PostAsync($"cases/{opened["id"]}/notes", """{"text":"A hose, I think"}""");
        await SettledAsync();
        string ours = Assert.Single(ticket.Comments).Text;

        Desk.Say(ticket, "It is the pump\n> " + ours, isByRequester: true);
        Desk.Say(ticket, "Not the hose\n> " + ours, isPublic: false);
        await CallAsync(ticket, Secret);

        JsonArray told = (await Host.GetAsync("customers/ann/timeline?channel=desk")).Items;
        Assert.Equal(2, told.Count);
    }

    protected override HttpRequestMessage CallOf(HeldTicket ticket, string secret) =>
        new(HttpMethod.Post, "/api/v1/integrations/desk/inbound?token=" + Uri.EscapeDataString(secret))
        {
            Content = new StringContent($$"""{"ticket_id":{{ticket.Id}}}"""),
        };
}
