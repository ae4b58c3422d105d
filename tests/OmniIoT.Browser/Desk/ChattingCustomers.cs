using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
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

    /// <summary>Closes a conversation, and answers the survey that asks about it.</summary>
    public static async Task AnswerSurveyAsync(this ConsoleFixture fixture, string talk, int score, string text)
    {
        await fixture.Host.Api.PatchAsync($"conversations/{talk}", """{ "status": "closed" }""");
        string page = await SeenQuestionAsync(fixture, talk);
        using FormUrlEncodedContent answer = new([KeyValuePair.Create("score", $"{score}"), KeyValuePair.Create("text", text)]);
        using HttpClient customer = new() { BaseAddress = new Uri(fixture.Address) };
        using HttpResponseMessage answered = await customer.PostAsync(page, answer);
        answered.EnsureSuccessStatusCode();
    }

    private static Task<string> SeenQuestionAsync(ConsoleFixture fixture, string talk) =>
        Awaited.Seen(
            async () =>
            {
                JsonNode conversation = await fixture.Host.Api.ReadAsync($"conversations/{talk}");
                string last = (string)conversation["messages"]!.AsArray()[^1]!["text"]!;
                int at = last.IndexOf("/s/", StringComparison.Ordinal);
                return at < 0 ? null : last[(at + 1)..].Trim();
            },
            "the question in the talk"
        );
}
