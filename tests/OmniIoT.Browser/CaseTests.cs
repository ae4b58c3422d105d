using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.Browser.Devices;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

[Collection(ConsoleCollection.Name)]
public sealed class CaseTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    /// <summary>
    /// Whether a row of the chart's canvas has the colour of a limit over a third of its width: a dashed line, which no label is.
    /// Colours are compared with a tolerance, because edges are smoothed.
    /// </summary>
    private const string HasThresholdLine = """
        () => {
          const canvas = document.querySelector('.uplot canvas');
          if (!canvas || canvas.width === 0) return false;
          const swatch = document.createElement('canvas').getContext('2d');
          swatch.fillStyle = getComputedStyle(canvas).getPropertyValue('--critical').trim();
          swatch.fillRect(0, 0, 1, 1);
          const color = swatch.getImageData(0, 0, 1, 1).data;
          const { width, height } = canvas;
          const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
          const isLimit = (i) => data[i + 3] > 60 && [0, 1, 2].every((c) => Math.abs(data[i + c] - color[c]) < 12);
          for (let y = 0; y < height; y++) {
            let count = 0;
            for (let x = 0; x < width; x++) count += isLimit(4 * (y * width + x));
            if (count > width / 3) return true;
          }
          return false;
        }
        """;

    [Fact]
    public async Task A_case_comes_into_the_open_inbox_and_is_seen_through_without_a_reload()
    {
        await using Washer washer = await Washer.StartAsync(Host, "hot-washer");
        OpenPage desk = await OpenAsync("/cases");
        await desk.MarkAsync();

        await washer.OverheatAsync();
        await desk.ExpectTextAsync("case-row", washer.CaseTitle);
        await desk.Handle("case-row").Filter(new() { HasText = washer.CaseTitle }).GetByRole(AriaRole.Link).ClickAsync();

        await AssertChartWithThresholdAsync(desk);
        await AcknowledgeAsync(desk);
        await NoteAsync(desk, "Customer called; heater suspected.");
        await ResolveAsync(desk, "Heater changed.");
        await desk.ExpectAsync(desk.Handle("case-status", "status", "verifying"), "that the case is being verified");

        await washer.ReportAsync((60, 60), (75, 60), (95, 60), (130, 60));
        await desk.ExpectAsync(desk.Handle("case-status", "status", "resolved"), "that the case is resolved");
        await desk.ExpectAsync(desk.Handle("timeline-entry", "kind", "case.resolved"), "the resolution on the timeline");
        await desk.ExpectAsync(desk.Handle("alarm-row", "state", "cleared"), "that the alarm is cleared");

        await desk.AssertNotReloadedAsync();
        Assert.Empty(desk.Errors);
        Host.HasNoErrors();
    }

    private static async Task AssertChartWithThresholdAsync(OpenPage desk)
    {
        ILocator chart = desk.Page.GetByRole(AriaRole.Img, new() { Name = "Chart of temperature over time · overheat > 80 °C" });
        await desk.ExpectAsync(chart, "the chart with its threshold");
        await desk.SeenAsync(HasThresholdLine, "line at the threshold in the chart");
    }

    private static async Task AcknowledgeAsync(OpenPage desk)
    {
        await desk.ClickAsync("acknowledge-button");
        await Expect(desk.Handle("acknowledge-button")).ToHaveCountAsync(0);
    }

    private static async Task NoteAsync(OpenPage desk, string text)
    {
        await desk.FillAsync("note-text", text);
        // What was written waits until it is wanted again.
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Customers" }).ClickAsync();
        await desk.Page.GoBackAsync();
        await Expect(desk.Handle("note-text")).ToHaveValueAsync(text);
        await desk.ClickAsync("note-save");
        await desk.ExpectTextAsync("timeline-entry", text);
    }

    private static async Task ResolveAsync(OpenPage desk, string resolution)
    {
        await desk.ClickAsync("resolve-button");
        await desk.FillAsync("resolve-text", resolution);
        await desk.ClickAsync("resolve-confirm");
    }
}
