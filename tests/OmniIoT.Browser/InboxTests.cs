using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

[Collection(ConsoleCollection.Name)]
public sealed class InboxTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task All_unresolved_cases_come_back_after_a_look_at_the_open_ones()
    {
        await OpenCaseAsync("Waits for a part", "inbox-owner", "Ofelya", "pending");
        await OpenCaseAsync("Waits for nobody", "inbox-owner", "Ofelya", "open");
        OpenPage desk = await OpenAsync("/cases?status=open");
        await desk.ExpectTextAsync("case-row", "Waits for nobody");
        await Expect(desk.Handle("case-row").Filter(new() { HasText = "Waits for a part" })).ToHaveCountAsync(0);

        await desk.Page.GetByText("Unresolved", new() { Exact = false }).First.ClickAsync();

        await desk.ExpectTextAsync("case-row", "Waits for a part");
        await desk.ExpectTextAsync("case-row", "Waits for nobody");
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task A_case_is_found_by_its_customers_name_and_the_search_survives_the_way_there_and_back()
    {
        await OpenCaseAsync("A noise at night", "customer-4711", "Qənirə Paşayeva", "open");
        await OpenCaseAsync("A noise by day", "customer-4712", "Somebody Else", "open");
        OpenPage desk = await OpenAsync("/cases");

        await desk.Page.GetByRole(AriaRole.Textbox, new() { Name = "Number, title, customer or device" }).FillAsync("Paşayeva");
        await Expect(desk.Handle("case-row")).ToHaveCountAsync(1);
        await desk.Handle("case-row").GetByRole(AriaRole.Link).ClickAsync();
        await desk.ExpectAsync(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "A noise at night" }), "the case");
        await Expect(desk.Page).ToHaveTitleAsync(new Regex("A noise at night – OmniIoT$"));
        await desk.Page.GoBackAsync();

        await Expect(desk.Handle("case-row")).ToHaveCountAsync(1);
        Assert.Contains("q=Pa", desk.Page.Url, StringComparison.Ordinal);
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task A_long_list_tells_its_number_comes_page_by_page_and_asks_once_for_the_names_of_a_page()
    {
        const int count = 120;
        await Parallel.ForEachAsync(
            Enumerable.Range(1, count),
            async (number, _) =>
                // Below what other tests look for.
                await OpenCaseAsync($"Longlist {number}", $"longlist-{number}", $"Owner {number}", "open", "low")
        );
        OpenPage desk = await OpenAsync("/customers?q=nobody-at-all");
        List<string> asked = [];
        desk.Page.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);

        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Cases" }).ClickAsync();
        await desk.Page.GetByRole(AriaRole.Textbox, new() { Name = "Number, title, customer or device" }).FillAsync("longlist");
        await desk.ExpectAsync(desk.Page.GetByText($"{count} cases", new() { Exact = true }), "how many cases there are");
        await Expect(desk.Handle("case-row")).ToHaveCountAsync(50);
        await desk.ExpectTextAsync("case-row", "Owner ");
        asked.Clear();
        // A person scrolls on: a list that was read anew meanwhile stands higher.
        ILocator last = desk.Handle("case-row").Nth(99).GetByText("Owner ");
        await Awaited.Seen(
            async () =>
            {
                await desk.ScrollToLastAsync("case-row");
                return await last.IsVisibleAsync() ? desk : null;
            },
            "the name in the last row"
        );

        Assert.Single(asked, path => path == "/api/v1/names");
        Assert.DoesNotContain(asked, path => path.StartsWith("/api/v1/customers/", StringComparison.Ordinal));
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task What_was_loaded_of_a_list_stays_while_it_is_read_anew()
    {
        const int count = 120;
        string[] ids = new string[count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            async (number, _) => ids[number] = await OpenCaseAsync($"Staying {number}", "staying", "Who stays", "open", "low")
        );
        OpenPage desk = await OpenAsync("/cases?q=Staying");
        await Expect(desk.Handle("case-row")).ToHaveCountAsync(50);
        await desk.ExpectLiveAsync();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource isReadAnew = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await desk.Page.RouteAsync(
            url => url.Contains("/cases?", StringComparison.Ordinal) && url.Contains("cursor=", StringComparison.Ordinal),
            async route =>
            {
                if (asked.TrySetResult())
                    await isReadAnew.Task;
                await route.ContinueAsync();
            }
        );
        desk.Page.RequestFinished += (_, request) =>
        {
            if (asked.Task.IsCompleted && request.Url.Contains("/cases?", StringComparison.Ordinal))
                isReadAnew.TrySetResult();
        };

        await desk.ScrollToLastAsync("case-row");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await RenameAsync(ids[0], "Staying and renamed");
        await isReadAnew.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await Expect(desk.Handle("case-row")).ToHaveCountAsync(100);

        await desk.Page.EvaluateAsync(
            """
            () => {
              const rows = () => document.querySelectorAll('[data-testid="case-row"]').length;
              window.fewestRows = rows();
              new MutationObserver(() => (window.fewestRows = Math.min(window.fewestRows, rows())))
                .observe(document.body, { childList: true, subtree: true });
            }
            """
        );
        await RenameAsync(ids[count - 1], "Staying on top");
        await desk.ExpectTextAsync("case-row", "Staying on top");
        Assert.Equal(100, await desk.Page.EvaluateAsync<int>("() => window.fewestRows"));
        Assert.Empty(desk.Errors);
    }

    private async Task<string> OpenCaseAsync(
        string title,
        string customerId,
        string customerName,
        string status,
        string priority = "normal"
    )
    {
        await Host.Api.PutAsync($"customers/{customerId}", $$"""{ "name": "{{customerName}}" }""");
        JsonNode opened = await Host.Api.PostAsync(
            "cases",
            $$"""{ "customerId": "{{customerId}}", "title": "{{title}}", "priority": "{{priority}}" }"""
        );
        string id = (string)opened["id"]!;
        if (status != "open")
            await ChangeAsync(id, $$"""{ "status": "{{status}}" }""");
        return id;
    }

    private Task RenameAsync(string id, string title) => ChangeAsync(id, $$"""{ "title": "{{title}}" }""");

    private async Task ChangeAsync(string id, string patch)
    {
        using StringContent change = new(patch, Encoding.UTF8, "application/json");
        using HttpResponseMessage changed = await Host.Api.PatchAsync(new Uri($"cases/{id}", UriKind.Relative), change);
        changed.EnsureSuccessStatusCode();
    }
}
