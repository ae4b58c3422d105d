using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Browser.Desk;

/// <summary>Customers who write in the web chat.</summary>
internal static class ChattingCustomers
{
    /// <summary>A customer writes in the chat; returns the conversation.</summary>
    public static async Task<string> WriteAsync(this ConsoleFixture fixture, string customerId, string name, string text)
    {
        HttpClient api = fixture.Host.Api;
        await api.PutAsync($"customers/{customerId}", $$"""{ "name": "{{name}}" }""");
        JsonNode token = await api.PostAsync($"customers/{customerId}/app-token", "{}");
        using HttpClient visitor = new() { BaseAddress = new Uri(fixture.Address) };
        using HttpResponseMessage introduced = await visitor.PostAsJsonAsync("chat/api/visitors", new { token = (string?)token["token"] });
        JsonNode known = (await introduced.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!;
        visitor.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)known["token"]);
        using HttpResponseMessage written = await visitor.PostAsJsonAsync("chat/api/messages", new { text });
        written.EnsureSuccessStatusCode();
        return (string)Assert.Single(await api.ListAsync($"conversations?customerId={customerId}&status=open"))["id"]!;
    }
}
