using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.Browser.Devices;
using OmniIoT.Mqtt.Client;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

[Collection(ConsoleCollection.Name)]
public sealed class DeviceTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task On_a_phone_a_command_is_sent_answered_and_the_desired_state_changed()
    {
        await using Washer washer = await Washer.StartAsync(Host, "commanded-washer");
        await washer.ReportAsync((0, 41), (10, 43));
        OpenPage phone = await OpenAsync(
            $"/devices/{washer.Id}",
            new()
            {
                ViewportSize = new() { Width = 390, Height = 844 },
                IsMobile = true,
                HasTouch = true,
            }
        );
        await phone.ExpectTextAsync("device-value", "43 °C");
        await phone.AssertFitsAsync();

        await phone.ClickAsync("command-button");
        await Expect(phone.Handle("command-send")).ToBeDisabledAsync();
        await phone.ClickAsync("command-name");
        await phone.Page.GetByRole(AriaRole.Option, new() { Name = "restart" }).ClickAsync();
        await phone.ClickAsync("command-send");
        await phone.ClickAsync("command-confirm");
        ReceivedMessage command = await washer.CommandAsync();
        Assert.Equal("restart", (string?)JsonNode.Parse(command.Payload.Span)!["name"]);
        await phone.ExpectTextAsync("command-row", "restart");
        Assert.Equal(0, await phone.Handle("command-row", "status", "succeeded").CountAsync());
        await washer.SucceedAsync(command);
        await phone.ExpectAsync(phone.Handle("command-row", "status", "succeeded"), "that the command succeeded");

        await PatchAsync(phone, """{ "spinRpm": 900 }""");
        JsonNode twin = await Host.Api.ReadAsync($"devices/{washer.Id}/twin");
        Assert.Equal((900, 1), ((int)twin["desired"]!["spinRpm"]!, (int)twin["version"]!));
        await phone.ExpectAsync(phone.Page.GetByRole(AriaRole.Rowheader, new() { Name = "spinRpm" }), "the desired property");
        await phone.AssertFitsAsync();
        Assert.Empty(phone.Errors);
        Host.HasNoErrors();
    }

    private static async Task PatchAsync(OpenPage phone, string patch)
    {
        await phone.ClickAsync("desired-edit");
        await phone.FillAsync("desired-text", patch);
        await phone.AssertFitsAsync();
        await phone.ClickAsync("desired-save");
        await Expect(phone.Handle("desired-text")).ToBeHiddenAsync();
    }
}
