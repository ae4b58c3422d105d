using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Scenarios.Durability;

/// <summary>SIGKILL between what a help desk did and the record of it.</summary>
public sealed class TicketKillTests
{
    private const string Allowed = "--OmniIoT:Webhooks:AllowPrivate=true";

    [Fact]
    public async Task Zendesk_gets_one_ticket_and_each_comment_once()
    {
        await using ZendeskServer desk = new("us@example.com", "token");
        await AssertOnceAsync(desk, """{"user":"us@example.com","token":"token"}""", "zendesk");
    }

    [Fact]
    public async Task Freshdesk_gets_one_ticket_and_each_comment_once()
    {
        await using FreshdeskServer desk = new("key") { IsSearchBehind = true };
        await AssertOnceAsync(desk, """{"apiKey":"key"}""", "freshdesk");
    }

    private static async Task AssertOnceAsync(HelpDeskServer desk, string credentials, string type)
    {
        using TemporaryDirectory directory = new();
        string id;
        await using (HostProcess first = await HostProcess.StartAsync(directory.Path, Allowed))
        {
            await first.Api.PutAsync("customers/ann", """{"name":"Ann","identities":[{"type":"email","value":"ann@example.com"}]}""");
            await first.Api.PutAsync(
                "integrations/desk",
                $$"""{"type":"{{type}}","endpoint":"{{desk.Endpoint}}","credentials":{{credentials}},"pollSeconds":0}"""
            );
            Task made = desk.HoldNext(static call => call.Method == "POST");
            id = (string)(await first.Api.PostAsync("cases", """{"customerId":"ann","title":"It leaks"}"""))["id"]!;
            await Awaited.Within(made, "ticket at its help desk");
            await first.KillAsync();
        }
        await using (HostProcess second = await HostProcess.StartAsync(directory.Path, Allowed))
        {
            await SettledAsync(second);
            Task said = desk.HoldNext(static call => call.Method is "PUT" or "POST");
            await second.Api.PostAsync($"cases/{id}/notes", """{"text":"A hose, I think"}""");
            await Awaited.Within(said, "comment at its help desk");
            await second.KillAsync();
        }

        await using HostProcess third = await HostProcess.StartAsync(directory.Path, Allowed);
        await SettledAsync(third);

        Assert.Single(Assert.Single(desk.Tickets).Comments);
        Assert.Empty(third.Errors);
    }

    private static Task<JsonNode> SettledAsync(HostProcess host) =>
        host.Api.SeenAsync(
            "integrations/desk/deliveries",
            static list => list["items"]!.AsArray() is { Count: > 0 } all && all.All(one => (string?)one!["state"] == "delivered"),
            "rest of the deliveries"
        );
}
