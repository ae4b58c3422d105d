using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
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
