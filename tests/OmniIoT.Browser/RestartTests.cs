using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>Pages that stay open while their host goes away and comes back.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class RestartTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task Console_and_chat_say_that_they_are_cut_off_and_catch_up_without_a_reload()
    {
        using TemporaryDirectory data = new();
        HostProcess host = await HostProcess.StartAsync(data.Path);
        string address = $"http://127.0.0.1:{host.HttpPort}";
        string port = host.HttpPort.ToString(CultureInfo.InvariantCulture);
        OpenPage desk = await SignInAsync(host);
        OpenPage visitor = await ChatAsync(address);
        await desk.MarkAsync();

        await host.KillAsync();
        await host.DisposeAsync();
        await desk.ExpectAsync(desk.Handle("connection-state", "state", "waiting"), "that it is not live");
        await desk.ExpectAsync(desk.Handle("host-away").GetByText("The host has been away since"), "that the host is away, and since when");
        await desk.AssertAccessibleAsync();
        await desk.Page.Locator("nav a[href='/system']").ClickAsync();
        await desk.ExpectAsync(
            desk.Page.GetByRole(AriaRole.Alert).GetByText("The server cannot be reached."),
            "that the page's code cannot be had"
        );
        await desk.Page.GoBackAsync();
        await visitor.Page.GetByLabel("Your message").FillAsync("Are you there?");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await desk.ExpectAsync(visitor.Page.GetByText("There is no connection. What you wrote stays here."), "that the chat is cut off");
        await Expect(visitor.Page.GetByLabel("Your message")).ToHaveValueAsync("Are you there?");

        await using HostProcess again = await HostProcess.StartAsync(data.Path, $"--OmniIoT:Http:Port={port}");
        await again.Api.PutAsync("customers/patient", """{ "name": "Patient" }""");
        JsonNode opened = await again.Api.PostAsync("cases", """{ "customerId": "patient", "title": "Opened after the restart" }""");
        await desk.ExpectAsync(desk.Handle("case-row").Filter(new() { HasText = (string)opened["title"]! }), "the case of the new host");
        await desk.ExpectLiveAsync();
        await Expect(desk.Handle("host-away")).ToHaveCountAsync(0);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await visitor.ExpectAsync(visitor.Page.GetByRole(AriaRole.Log).GetByText("Are you there?"), "the message in the chat");
        await desk.AssertNotReloadedAsync();
        Assert.Empty(again.Errors);
    }

    private async Task<OpenPage> ChatAsync(string address)
    {
        OpenPage visitor = await OpenStrangerAsync();
        await visitor.Page.GotoAsync($"{address}/chat");
        await visitor.Page.GetByLabel("Your name").FillAsync("Rashad");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Start the chat" }).ClickAsync();
        await visitor.ExpectAsync(visitor.Page.GetByLabel("Your message"), "the chat");
        return visitor;
    }
}
