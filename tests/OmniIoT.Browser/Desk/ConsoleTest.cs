using Microsoft.Playwright;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Browser.Desk;

/// <summary>A test in the browser: opens pages of its own, and leaves a picture of each where it failed.</summary>
public abstract class ConsoleTest(ConsoleFixture fixture) : IAsyncLifetime
{
    private readonly List<OpenPage> _pages = [];

    protected ConsoleFixture Fixture { get; } = fixture;

    protected HostProcess Host => Fixture.Host;

    public virtual ValueTask InitializeAsync()
    {
        Fixture.Require();
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        bool hasFailed = TestContext.Current.TestState?.Result == TestResult.Failed;
        foreach ((OpenPage page, int index) in _pages.Select((page, index) => (page, index)))
        {
            if (hasFailed)
                await page.Page.ScreenshotAsync(
                    new() { Path = PicturePath(index), FullPage = true }
                );
            await page.Page.Context.DisposeAsync();
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>A page of a browser context of its own, signed in as the agent.</summary>
    protected async Task<OpenPage> OpenAsync(string path, BrowserNewContextOptions? options = null)
    {
        OpenPage page = await OpenStrangerAsync(options);
        // The console finds the sign-in where it keeps it, put there before the first script of the page runs.
        await page.Page.AddInitScriptAsync(
            $"if (location.pathname !== '/chat') localStorage.setItem('omniiot.session', JSON.stringify({Fixture.Session}));"
        );
        await page.Page.GotoAsync(path);
        await page.ExpectLiveAsync();
        return page;
    }

    /// <summary>A page of a browser context of its own in which nobody is signed in; it shows nothing yet.</summary>
    protected async Task<OpenPage> OpenStrangerAsync(BrowserNewContextOptions? options = null)
    {
        BrowserNewContextOptions chosen = new(options ?? new())
        {
            BaseURL = Fixture.Address,
            TimezoneId = "Asia/Baku",
            Locale = "en-GB",
        };
        IBrowserContext context = await Fixture.Browser.NewContextAsync(chosen);
        OpenPage page = new(await context.NewPageAsync());
        _pages.Add(page);
        return page;
    }

    private static string PicturePath(int index)
    {
        string name = string.Concat(
            (TestContext.Current.Test?.TestDisplayName ?? "test").Select(letter =>
                char.IsLetterOrDigit(letter) ? letter : '-'
            )
        );
        return Path.Combine(AppContext.BaseDirectory, "screenshots", $"{name}-{index}.png");
    }
}
