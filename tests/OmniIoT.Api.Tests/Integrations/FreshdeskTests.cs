using System.Text.Json.Nodes;
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

    protected override HttpRequestMessage CallOf(HeldTicket ticket, string secret) =>
        new(HttpMethod.Post, "/api/v1/integrations/desk/inbound?token=" + Uri.EscapeDataString(secret))
        {
            Content = new StringContent($$"""{"ticket_id":{{ticket.Id}}}"""),
        };
}
