using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Simulated;

/// <summary>What a newcomer sees within a minute of <c>--demo</c>.</summary>
public sealed class DemoTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Within_a_minute_the_demonstration_shows_products_a_case_a_question_and_an_offer()
    {
        await using HostProcess host = await HostProcess.StartAsync(null, "--demo");

        await Task.WhenAll(ConnectedAsync(host), CaseAsync(host), OfferAsync(host), QuestionAsync(host));

        foreach (string page in new[] { "articles", "surveys", "themes", "flows" })
            Assert.NotEmpty(await host.Api.ListAsync(page));
        Assert.Empty(host.Errors);
        Assert.Equal(0, await host.StopAsync());
        Assert.Empty(host.Errors);
    }

    private static Task<JsonNode> ConnectedAsync(HostProcess host) =>
        SeenAsync(host, "devices?state=connected&limit=500", async devices => devices.Count >= 2 ? devices[0] : null, "connected devices");

    /// <summary>An active alarm whose case stands on the timeline of the product's owner.</summary>
    private static Task<JsonNode> CaseAsync(HostProcess host) =>
        SeenAsync(
            host,
            "alarms?state=active",
            async alarms =>
            {
                if (alarms.FirstOrDefault(alarm => (string?)alarm["caseId"] is not null) is not { } alarm)
                    return null;
                JsonNode opened = await host.Api.ReadAsync($"cases/{(string)alarm["caseId"]!}");
                return await OnTimelineAsync(host, (string)opened["customerId"]!, "case.opened");
            },
            "active alarm with its case on the owner's timeline"
        );

    private static Task<JsonNode> OfferAsync(HostProcess host) =>
        SeenAsync(
            host,
            "customers?limit=500",
            async customers =>
            {
                foreach (JsonNode customer in customers)
                {
                    if (await OnTimelineAsync(host, (string)customer["id"]!, "offer.sent") is { } sent)
                        return sent;
                }
                return null;
            },
            "offer on a shopper's timeline"
        );

    private static Task<JsonNode> QuestionAsync(HostProcess host) =>
        SeenAsync(
            host,
            "conversations?status=open",
            async conversations =>
                conversations.FirstOrDefault(static one => (string?)one["channel"] == "webchat") is { } first
                    ? await OnTimelineAsync(host, (string)first["customerId"]!, "message.received")
                    : null,
            "question of an owner in the web chat"
        );

    private static async Task<JsonNode?> OnTimelineAsync(HostProcess host, string customerId, string kind) =>
        await host.Api.ListAsync($"customers/{customerId}/timeline?kind={kind}") is [var newest, ..] ? newest : null;

    private static Task<JsonNode> SeenAsync(
        HostProcess host,
        string list,
        Func<IReadOnlyList<JsonNode>, Task<JsonNode?>> find,
        string what
    ) => Awaited.Seen(async () => await find(await host.Api.ListAsync(list)), what, Promised);
}
