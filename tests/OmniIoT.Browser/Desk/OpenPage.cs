using System.Collections.Concurrent;
using Microsoft.Playwright;
using OmniIoT.TestKit;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser.Desk;

/// <summary>A page with what went wrong in it, and expectations that say what was awaited.</summary>
public sealed class OpenPage
{
    private const float PatienceMilliseconds = 15_000;

    private readonly ConcurrentQueue<string> _errors = [];

    internal OpenPage(IPage page)
    {
        Page = page;
        page.SetDefaultTimeout(PatienceMilliseconds);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _errors.Enqueue($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => _errors.Enqueue($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    /// <summary>Errors of the page's scripts and what it wrote to the console as an error.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public ILocator Handle(string testId) => Page.GetByTestId(testId);

    /// <summary>The element with this handle whose <c>data-</c><paramref name="name"/> has the value.</summary>
    public ILocator Handle(string testId, string name, string value) => Page.Locator($"[data-testid='{testId}'][data-{name}='{value}']");

    /// <summary>
    /// Scrolls to the last element with a handle, whichever it is at that moment: a list that is read anew has other rows.
    /// </summary>
    public Task ScrollToLastAsync(string testId) =>
        Page.EvaluateAsync("id => [...document.querySelectorAll(`[data-testid='${id}']`)].at(-1)?.scrollIntoView()", testId);

    public Task ClickAsync(string testId) => Handle(testId).ClickAsync();

    public Task FillAsync(string testId, string text) => Handle(testId).FillAsync(text);

    /// <summary>Saves a form that is refused for one field, which says so, and once more with a better value there.</summary>
    public async Task SaveMendedAsync(string form, string field, string better)
    {
        await ClickAsync($"{form}-save");
        await Expect(Handle(field)).ToHaveAttributeAsync("aria-invalid", "true");
        await this.AssertAccessibleAsync();
        await FillAsync(field, better);
        await ClickAsync($"{form}-save");
    }

    /// <param name="what">What is awaited, for the message.</param>
    public async Task ExpectAsync(ILocator locator, string what)
    {
        try
        {
            await Expect(locator).ToBeVisibleAsync(new() { Timeout = PatienceMilliseconds });
        }
        catch (PlaywrightException error)
        {
            throw new TimeoutException($"{Page.Url} did not show {what}.\n{error.Message}");
        }
    }

    public Task ExpectTextAsync(string testId, string text) =>
        ExpectAsync(Handle(testId).Filter(new() { HasText = text }).First, $"'{text}' in {testId}");

    /// <summary>The page's event stream is open: from now on it learns of changes without asking.</summary>
    public Task ExpectLiveAsync() => ExpectAsync(Handle("connection-state", "state", "live"), "a live connection");

    /// <summary>Marks the page, so that <see cref="AssertNotReloadedAsync"/> can tell whether it is still the same.</summary>
    public Task MarkAsync() => Page.EvaluateAsync("() => { window.markOfTheTest = true; }");

    public async Task AssertNotReloadedAsync() =>
        Assert.True(await Page.EvaluateAsync<bool>("() => window.markOfTheTest === true"), "The page was reloaded.");

    public async Task AssertFitsAsync()
    {
        int overflow = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{Page.Url} is {overflow} px wider than the screen.");
    }

    /// <summary>Looks until something holds that no element tells.</summary>
    /// <param name="expression">A function of JavaScript without parameters.</param>
    public Task SeenAsync(string expression, string what) =>
        Awaited.Seen(async () => await Page.EvaluateAsync<bool>(expression) ? "seen" : null, what);
}
