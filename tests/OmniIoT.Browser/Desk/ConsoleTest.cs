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
                await page.Page.ScreenshotAsync(new() { Path = PicturePath(index), FullPage = true });
            await page.Page.Context.DisposeAsync();
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>A page of a browser context of its own, signed in as the agent.</summary>
    protected Task<OpenPage> OpenAsync(string path, BrowserNewContextOptions? options = null) => OpenAsync(path, Fixture.Session, options);

    /// <summary>A page of a browser context of its own, signed in as somebody with the role.</summary>
    protected async Task<OpenPage> OpenAsRoleAsync(string role, string path)
    {
        return await OpenAsync(path, await Fixture.SessionOfAsync(role, role), null);
    }

    private async Task<OpenPage> OpenAsync(string path, SignedInAgent session, BrowserNewContextOptions? options)
    {
        OpenPage page = await OpenStrangerAsync(options);
        await page.Page.Context.AddCookiesAsync([session.Cookie]);
        // The console finds the sign-in where it keeps it, put there before the first script of the page runs.
        string keep = $"localStorage.setItem('omniiot.session', JSON.stringify({session.Kept}))";
        await page.Page.AddInitScriptAsync($"if (location.pathname !== '/chat') {keep};");
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

    /// <summary>A page at the cases of a host of the test's own, on which the agent signs in.</summary>
    protected async Task<OpenPage> SignInAsync(HostProcess host, BrowserNewContextOptions? options = null, string role = "agent")
    {
        await host.Api.PutAsync(
            $"agents/{ConsoleFixture.Agent}",
            $$"""{ "name": "Nigar", "role": "{{role}}", "password": "{{ConsoleFixture.Password}}" }"""
        );
        OpenPage desk = await OpenStrangerAsync(options);
        await desk.Page.GotoAsync($"http://127.0.0.1:{host.HttpPort}/cases");
        await desk.FillAsync("signin-user", ConsoleFixture.Agent);
        await desk.FillAsync("signin-password", ConsoleFixture.Password);
        await desk.ClickAsync("signin-submit");
        await desk.ExpectLiveAsync();
        return desk;
    }

    private static string PicturePath(int index)
    {
        string name = string.Concat(
            (TestContext.Current.Test?.TestDisplayName ?? "test").Select(letter => char.IsLetterOrDigit(letter) ? letter : '-')
        );
        return Path.Combine(AppContext.BaseDirectory, "screenshots", $"{name}-{index}.png");
    }
}
