using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.Browser.Devices;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>What the API knows of cases, customers and conversations is shown where people work.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class StoryTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    private const string Grinder = """
        { "name": "Grinder",
          "metrics": { "boiler": { "unit": "Cel" }, "state": { "values": ["ready", "brewing"] } },
          "commands": { "rinse": {} },
          "rules": [
            { "type": "grinder-jam", "severity": "major", "when": "event('E31')", "clear": "state == 'brewing' for 10s",
              "case": { "title": "{{device.name}} is jammed", "queue": "coffee", "article": "grinder-jam" } } ] }
        """;

    [Fact]
    public async Task A_case_of_an_event_charts_what_its_rule_is_about_and_tells_the_whole_rule_and_the_article()
    {
        await Host.Api.PutAsync("models/grinder", Grinder);
        JsonNode device = await Host.Api.PutAsync("devices/story-grinder", """{ "model": "grinder", "name": "Story grinder" }""");
        await PublishAsync(
            "story-grinder",
            (string)device["secret"]!,
            ("telemetry", """{ "boiler": 92, "state": "ready" }"""),
            ("events", """{ "type": "error", "code": "E31" }""")
        );
        JsonNode opened = Assert.Single(await Host.Api.ListAsync("cases?deviceId=story-grinder"));
        OpenPage desk = await OpenAsync($"/cases/{(string)opened["id"]!}");

        await desk.ExpectAsync(desk.Handle("state-chart", "metric", "state"), "the chart of the state");
        await Expect(desk.Handle("state-chart")).ToContainTextAsync("First symptom · E31");
        await Expect(desk.Handle("alarm-rule")).ToContainTextAsync("event('E31')");
        await Expect(desk.Handle("alarm-rule")).ToContainTextAsync("state == 'brewing' for 10s");
        await desk.ExpectAsync(desk.Page.GetByText("Help article"), "the article");
        await desk.AssertAccessibleAsync();
        await desk.AssertFitsAsync();
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task A_case_tells_earlier_alarms_of_its_device_and_the_words_of_its_customer_and_who_asked_for_a_command()
    {
        await using Washer washer = await Washer.StartAsync(Host, "story-washer");
        await washer.OverheatAsync();
        JsonNode first = Assert.Single(await Host.Api.ListAsync($"cases?deviceId={washer.Id}"));
        await washer.ReportAsync((60, 60), (75, 60));
        await Host.Api.PostAsync($"cases/{(string)first["id"]!}/resolve", """{ "resolution": "Cooled down" }""");
        await washer.ReportAsync((80, 60), (95, 60), (130, 60));
        await Awaited.Seen(() => ResolvedAsync((string)first["id"]!), "that the first case is over");
        await Host.Api.PostAsync(
            $"customers/{washer.CustomerId}/timeline",
            """
            { "kind": "message.received", "channel": "email", "direction": "in", "title": "Wrote", "text": "It smells of burning" }
            """
        );
        await washer.ReportAsync((200, 85), (215, 86), (231, 88));
        JsonNode second = (await Host.Api.ListAsync($"cases?deviceId={washer.Id}")).First(item => (string?)item["status"] == "open");
        await Host.Api.PostAsync($"devices/{washer.Id}/commands", """{ "name": "restart" }""");
        await washer.SucceedAsync(await washer.CommandAsync(), """{ "took": "4 s" }""");

        OpenPage desk = await OpenAsync($"/cases/{(string)second["id"]!}");
        await desk.ExpectTextAsync("timeline-entry", "It smells of burning");
        ILocator alarms = desk.Handle("timeline-entry", "kind", "alarm.raised");
        await desk.ExpectAsync(alarms.Filter(new() { HasText = "lasted" }), "the alarm of before");
        await Expect(desk.Handle("command-by")).ToContainTextAsync("Another system");
        await Expect(desk.Handle("command-result")).ToContainTextAsync("4 s");
        // The device's name stands in the head and beside the story, not under each of its lines.
        await Expect(desk.Handle("timeline-entry").GetByRole(AriaRole.Link, new() { Name = washer.Name })).ToHaveCountAsync(0);
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task Two_customers_with_one_address_are_suggested_and_merged_and_decisions_are_told_with_their_reasons()
    {
        await Host.Api.PutAsync("customers/twin-one", Twin("Twin One"));
        await Host.Api.PutAsync("customers/twin-two", Twin("Twin Two"));
        await Host.Api.PutAsync("sites/twin-site", """{ "name": "Twin site" }""");
        await Host.Api.PutAsync(
            "fences/twin-fence",
            """
            { "siteId": "twin-site", "name": "Twin fence",
              "geometry": { "type": "Point", "coordinates": [10.5, 50.5] }, "radiusMeters": 60 }
            """
        );
        await Host.Api.PutAsync(
            "campaigns/twin-campaign",
            """
            { "name": "Twins", "trigger": "enter", "fenceIds": ["twin-fence"], "content": { "title": "Hello", "text": "Beans" } }
            """
        );
        JsonNode token = await Host.Api.PostAsync("customers/twin-one/app-token", "{}");
        await PublishAsync("customer:twin-one", (string)token["token"]!, ("location", """{ "lat": 50.5, "lon": 10.5, "accuracy": 5 }"""));
        OpenPage desk = await OpenAsync("/customers/twin-one");

        await desk.ExpectAsync(desk.Handle("decision", "reason", "noConsent"), "the decision with its reason");
        await Expect(desk.Handle("decision")).ToContainTextAsync("No consent");
        await desk.ExpectTextAsync("merge-suggestion", "Twin Two");
        await desk.ClickAsync("merge-open");
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("merge-confirm");

        await Expect(desk.Handle("merge-suggestion")).ToHaveCountAsync(0);
        Assert.Equal("twin-one", (string?)(await Host.Api.ReadAsync("customers/twin-two"))["id"]);
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task The_list_of_conversations_shows_the_newest_message_of_each()
    {
        OpenPage visitor = await OpenStrangerAsync();
        await visitor.Page.GotoAsync("/chat");
        await visitor.Page.GetByLabel("Your name").FillAsync("Chatty visitor");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Start the chat" }).ClickAsync();
        await SayAsync(visitor, "The first thing");
        OpenPage desk = await OpenAsync("/conversations");
        ILocator row = desk.Handle("conversation-row").Filter(new() { HasText = "Chatty visitor" });
        await Expect(row).ToContainTextAsync("The first thing");

        await SayAsync(visitor, "The newest thing");
        await Expect(row).ToContainTextAsync("The newest thing");
        Assert.Empty(desk.Errors);
    }

    private static string Twin(string name) =>
        $$"""{ "name": "{{name}}", "identities": [{ "type": "email", "value": "twin@example.com" }] }""";

    private async Task<string?> ResolvedAsync(string caseId) =>
        (string?)(await Host.Api.ReadAsync($"cases/{caseId}"))["status"] is "resolved" and { } status ? status : null;

    private static async Task SayAsync(OpenPage visitor, string text)
    {
        await visitor.Page.GetByLabel("Your message").FillAsync(text);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await visitor.ExpectAsync(visitor.Page.GetByRole(AriaRole.Log).GetByText(text), "the message in the chat");
    }

    private async Task PublishAsync(string user, string secret, params (string Below, string Payload)[] messages)
    {
        const string customer = "customer:";
        bool isCustomer = user.StartsWith(customer, StringComparison.Ordinal);
        string root = isCustomer ? $"customers/{user[customer.Length..]}" : $"devices/{user}";
        MqttClientOptions options = new()
        {
            Host = "127.0.0.1",
            Port = Host.MqttPort,
            ClientId = user,
            UserName = user,
            Password = Encoding.UTF8.GetBytes(secret),
        };
        await using MqttClient client = new(options, TimeProvider.System, new Random(1));
        await Awaited.Within(client.ConnectAsync(), $"connection of {user}");
        foreach ((string below, string payload) in messages)
        {
            Task publish = client.PublishAsync($"{root}/{below}", Encoding.UTF8.GetBytes(payload), QualityOfService.AtLeastOnce);
            await Awaited.Within(publish, $"acknowledgement of {below}");
        }
    }
}
