using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>What a supervisor sees: figures that go on by themselves, and what is behind them.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class BoardTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    private readonly ConsoleFixture _fixture = fixture;

    [Theory]
    [InlineData(1280, "light", "en")]
    [InlineData(390, "dark", "fa")]
    public async Task The_board_goes_on_by_itself(int width, string scheme, string language)
    {
        string queue = $"board-{width}";
        await Host.Api.PutAsync($"queues/{queue}", $$"""{ "name": "{{queue}}" }""");
        await OpenCaseAsync(queue);
        OpenPage desk = await OpenAsync($"/board?lang={language}", Look(width, scheme));
        ILocator row = desk.Handle("board-queue").Filter(new() { HasText = queue });
        await desk.ExpectAsync(row, "the queue");
        await desk.ExpectLiveAsync();
        string before = await row.Locator("td").First.InnerTextAsync();
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();

        await desk.MarkAsync();
        await OpenCaseAsync(queue);

        await Expect(row.Locator("td").First).Not.ToHaveTextAsync(before, new() { Timeout = 15_000 });
        await desk.AssertNotReloadedAsync();
        Assert.Empty(desk.Errors);
        Host.HasNoErrors();
    }

    [Theory]
    [InlineData(1280, "dark", "en")]
    [InlineData(390, "light", "ar")]
    public async Task What_a_customer_says_stands_behind_the_figures_and_leads_to_the_talk(int width, string scheme, string language)
    {
        string id = $"voiced-{width}",
            theme = $"noise-{width}",
            word = $"loud{width}";
        await Host.Api.PutAsync($"themes/{theme}", $$"""{ "keywords": ["{{word}}"] }""");
        await Host.Api.PutAsync($"surveys/{id}", """{ "type": "csat", "on": "conversation.closed", "followUpBelow": 3 }""");
        string talk = await _fixture.WriteAsync(id, "Voiced", "It hums");
        await _fixture.AnswerSurveyAsync(talk, 2, $"It is {word}");

        OpenPage desk = await OpenAsync($"/voice?lang={language}", Look(width, scheme));
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = theme, Exact = true }).ClickAsync();

        ILocator verbatim = desk.Handle("verbatim");
        await Expect(verbatim).ToHaveCountAsync(1);
        await Expect(verbatim.Locator("p")).ToHaveTextAsync($"It is {word}");
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();
        await desk.Handle("voice-bar").Last.ClickAsync();
        await Expect(desk.Page).ToHaveURLAsync(new Regex("from="));
        await Expect(verbatim).ToHaveCountAsync(1);
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();
        await verbatim.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(desk.Page).ToHaveURLAsync(new Regex("conversations\\?id=" + talk));
        Assert.Empty(desk.Errors);
        Host.HasNoErrors();
    }

    private static BrowserNewContextOptions Look(int width, string scheme) =>
        new()
        {
            ViewportSize = new() { Width = width, Height = 844 },
            ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
        };

    private async Task OpenCaseAsync(string queue)
    {
        await Host.Api.PutAsync("customers/boarded", """{ "name": "Boarded" }""");
        await Host.Api.PostAsync("cases", $$"""{ "customerId": "boarded", "title": "It leaks", "queue": "{{queue}}" }""");
    }
}
