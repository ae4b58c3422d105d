using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>A platform on which there is nothing yet, and what people make on it by hand.</summary>
[Collection(ConsoleCollection.Name)]
public sealed partial class SetupTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    private const string Wrong = """
        {
          "metrics": { "t": { "unit": "Cel" } },
          "rules": [{ "type": "hot", "severity": "loud", "when": "t > 80" }]
        }
        """;

    [Fact]
    public async Task An_empty_platform_leads_from_a_model_over_a_device_to_its_first_reading_and_sees_it_arrive()
    {
        await using HostProcess host = await HostProcess.StartAsync();
        OpenPage desk = await SignInAsync(host, role: "admin");
        await desk.ClickAsync("start-open");

        await desk.ClickAsync("start-sample");
        await Expect(desk.Handle("start-step-1")).ToHaveAttributeAsync("data-done", "true");
        await desk.ClickAsync("start-device");
        await desk.FillAsync("device-id", "first-one");
        await desk.ClickAsync("device-model");
        await desk.Page.GetByRole(AriaRole.Option, new() { Name = "Thermometer" }).ClickAsync();
        await desk.ClickAsync("device-save");
        string command = await desk.Handle("start-command").InnerTextAsync();
        await Expect(desk.Handle("start-arrival")).ToContainTextAsync("Waiting");
        await desk.AssertAccessibleAsync();
        await PublishAsync(command);

        await Expect(desk.Handle("start-arrival")).ToContainTextAsync("temperature is 21.5");
        await desk.Handle("start-arrival").GetByRole(AriaRole.Link).ClickAsync();
        await desk.ExpectTextAsync("device-value", "21.5 °C");
        Assert.Empty(desk.Errors);
        Assert.Empty(host.Errors);
    }

    [Fact]
    public async Task A_model_is_written_with_completion_and_each_mistake_is_shown_under_its_word()
    {
        OpenPage desk = await OpenAsync("/models/new");
        await desk.FillAsync("model-id", "by-hand");
        await desk.FillAsync("model-text", "{ \"me");
        await desk.Handle("model-text").PressAsync("End");
        await Expect(desk.Handle("model-completion")).ToHaveTextAsync(["metrics"]);
        await desk.ClickAsync("model-completion");
        await Expect(desk.Handle("model-text")).ToHaveValueAsync("{ \"metrics\": {}");

        await desk.FillAsync("model-text", Wrong);
        await desk.ClickAsync("model-save");
        await Expect(desk.Page.Locator("pre mark")).ToHaveTextAsync("\"loud\"");
        await desk.ClickAsync("model-mistake");
        await desk.Page.Keyboard.TypeAsync("\"major\"");
        await desk.ClickAsync("model-save");
        await desk.ExpectAsync(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "by-hand" }), "the saved model");

        Assert.Equal("major", (string?)(await Host.Api.ReadAsync("models/by-hand"))["rules"]![0]!["severity"]);
        // What was refused is an error of the browser's network, and of nothing else.
        Assert.All(desk.Errors, error => Assert.Contains("422", error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Customers_sites_and_beacons_are_made_and_changed_by_hand()
    {
        OpenPage desk = await OpenAsync("/customers");
        await desk.ClickAsync("customer-create");
        await desk.FillAsync("customer-name", "Made By Hand");
        await desk.ClickAsync("customer-add-identity");
        await desk.FillAsync("customer-identity", "hand@example.com");
        await desk.ClickAsync("customer-save");
        await desk.ExpectAsync(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Made By Hand" }), "the new customer");
        await desk.ClickAsync("customer-edit");
        await desk.FillAsync("customer-name", "Renamed By Hand");
        await desk.ClickAsync("customer-save");
        await desk.ExpectAsync(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Renamed By Hand" }), "the customer's new name");
        JsonNode customer = await Host.Api.ReadAsync("customers/made-by-hand");
        Assert.Equal("hand@example.com", (string?)customer["identities"]![0]!["value"]);

        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Places" }).ClickAsync();
        await desk.ClickAsync("site-create");
        await desk.FillAsync("site-name", "Handmade hall");
        await desk.ClickAsync("site-save");
        await Expect(desk.Handle("site-name")).ToBeHiddenAsync();
        await desk.ClickAsync("beacon-create");
        await desk.FillAsync("beacon-id", "f7826da6-4fa2-4e98-8024-bc5b71e0893e:7:9");
        await desk.FillAsync("beacon-site", "Handmade");
        await desk.Page.GetByRole(AriaRole.Option, new() { Name = "Handmade hall" }).ClickAsync();
        await desk.ClickAsync("beacon-save");
        await Expect(desk.Handle("beacon-site")).ToBeHiddenAsync();

        Assert.Contains(await Host.Api.ListAsync("beacons?siteId=handmade-hall"), _ => true);
        Assert.Empty(desk.Errors);
    }

    /// <summary>Does what the command that was shown does.</summary>
    private static async Task PublishAsync(string command)
    {
        Match shown = Shown().Match(command);
        Assert.True(shown.Success, command);
        MqttClientOptions options = new()
        {
            Host = "127.0.0.1",
            Port = int.Parse(shown.Groups["port"].Value, System.Globalization.CultureInfo.InvariantCulture),
            ClientId = "first",
            UserName = shown.Groups["user"].Value,
            Password = Encoding.UTF8.GetBytes(shown.Groups["secret"].Value),
        };
        await using MqttClient client = new(options, TimeProvider.System, new Random(1));
        await Awaited.Within(client.ConnectAsync(), "connection with what the command tells");
        await Awaited.Within(
            client.PublishAsync(
                shown.Groups["topic"].Value,
                Encoding.UTF8.GetBytes(shown.Groups["message"].Value),
                QualityOfService.AtLeastOnce
            ),
            "acknowledgement"
        );
    }

    [GeneratedRegex(
        "^mosquitto_pub -h 127.0.0.1 -p (?<port>[0-9]+) -u '(?<user>[^']+)' -P '(?<secret>[^']+)' -q 1 -t '(?<topic>[^']+)' -m '(?<message>[^']+)'$"
    )]
    private static partial Regex Shown();
}
