using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.Browser.Devices;

namespace OmniIoT.Browser;

[Collection(ConsoleCollection.Name)]
public sealed class CustomerTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task The_timeline_and_the_values_of_the_devices_change_without_a_reload()
    {
        await using Washer washer = await Washer.StartAsync(Host, "watched-washer");
        await washer.ReportAsync((0, 41));
        OpenPage desk = await OpenAsync($"/customers/{washer.CustomerId}");
        await desk.ExpectTextAsync("device-value", "41 °C");
        await desk.MarkAsync();

        await washer.ReportAsync((10, 85), (25, 86), (41, 88));

        await desk.ExpectTextAsync("device-value", "88 °C");
        await desk.ExpectAsync(desk.Handle("timeline-entry", "kind", "alarm.raised"), "the alarm on the timeline");
        await desk.ExpectAsync(desk.Handle("timeline-entry", "kind", "case.opened"), "the case on the timeline");
        await desk.ExpectAsync(desk.Page.GetByRole(AriaRole.Link, new() { Name = washer.CaseTitle }), "the case beside the timeline");
        await desk.AssertNotReloadedAsync();
        Assert.Empty(desk.Errors);
        Host.HasNoErrors();
    }
}
