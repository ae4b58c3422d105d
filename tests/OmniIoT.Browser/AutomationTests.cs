using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>Replies, macros, triggers and bots as forms, and what agents do with them.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class AutomationTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task A_supervisor_writes_a_reply_a_macro_and_a_trigger_and_is_told_what_is_wrong_at_its_field()
    {
        OpenPage desk = await OpenAsRoleAsync("supervisor", "/automation");
        await desk.ClickAsync("replies-create");
        await desk.FillAsync("reply-title", "Plug out");
        await desk.FillAsync("reply-words", "Please pull the plug, {{customer.name}}.");
        await desk.FillAsync("reply-shortcut", "plug out");
        await desk.SaveMendedAsync("reply", "reply-shortcut", "plug");
        await desk.ExpectTextAsync("replies-row", "/plug");

        await desk.ClickAsync("macros-create");
        await desk.FillAsync("macro-title", "Pull the plug");
        await desk.FillAsync("action-words", "Dear {{customer.nickname}}");
        await desk.ClickAsync("macro-save");
        await Expect(desk.Handle("action-words")).ToHaveAttributeAsync("aria-invalid", "true");
        await desk.FillAsync("action-words", "plug-out");
        await desk.ClickAsync("action-add");
        await ChooseAsync(desk, desk.Handle("action-verb").Nth(1), "Change");
        await ChooseAsync(desk, desk.Handle("action-priority"), "Urgent");
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("macro-save");
        await desk.ExpectTextAsync("macros-row", "Reply, Change");

        await desk.ClickAsync("triggers-create");
        await desk.FillAsync("trigger-title", "Long wait");
        await ChooseAsync(desk, desk.Handle("trigger-on"), "Time passes");
        await desk.ClickAsync("condition-add");
        await ChooseAsync(desk, desk.Handle("condition-field"), "Waiting for (minutes)");
        await ChooseAsync(desk, desk.Handle("condition-op"), "is more than");
        await desk.FillAsync("condition-value", "30");
        await desk.FillAsync("action-words", "@nigar they wait");
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("trigger-save");
        await desk.ExpectTextAsync("triggers-row", "Time passes");

        JsonNode macro = await Host.Api.ReadAsync("macros/pull-the-plug");
        JsonNode trigger = await Host.Api.ReadAsync("triggers/long-wait");
        Assert.Equal("urgent", (string?)macro["actions"]![1]!["set"]!["priority"]);
        Assert.Equal(("waitingMinutes", "gt", 30), Of(trigger["conditions"]![0]!));
        await desk.Handle("triggers-row").Filter(new() { HasText = "Long wait" }).GetByTestId("triggers-remove").ClickAsync();
        await desk.ClickAsync("triggers-confirm");
        await Expect(desk.Handle("triggers-row").Filter(new() { HasText = "Long wait" })).ToHaveCountAsync(0);

        static (string?, string?, int) Of(JsonNode condition) =>
            ((string?)condition["field"], (string?)condition["op"], (int)condition["value"]!);
    }

    [Fact]
    public async Task An_administrator_teaches_a_bot_and_tries_it()
    {
        OpenPage desk = await OpenAsRoleAsync("admin", "/bots");
        await desk.ClickAsync("bots-create");
        await desk.FillAsync("bot-name", "Helper of the house");
        await desk.ClickAsync("intent-add");
        await desk.FillAsync("intent-examples", "how do I descale it");
        await ChooseAsync(desk, desk.Handle("intent-answer"), "A text");
        await desk.FillAsync("intent-text", "With citric acid.");
        await desk.ClickAsync("bot-save");
        await Expect(desk.Handle("intent-name")).ToHaveAttributeAsync("aria-invalid", "true");
        await desk.FillAsync("intent-name", "scale");
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("bot-save");

        ILocator row = desk.Handle("bots-row").Filter(new() { HasText = "Helper of the house" });
        await row.GetByTestId("bot-try").ClickAsync();
        await desk.FillAsync("bot-question", "How do I descale it?");
        await desk.ClickAsync("bot-ask");

        await desk.ExpectTextAsync("bot-answer", "With citric acid.");
        await desk.AssertAccessibleAsync();
        Assert.Equal("scale", (string?)(await Host.Api.ReadAsync("bots/helper-of-the-house"))["intents"]![0]!["name"]);
    }

    [Fact]
    public async Task A_macro_is_run_on_a_case_by_its_key()
    {
        await Host.Api.PutAsync("macros/a-first", """{"title":"A first","actions":[{"set":{"priority":"urgent"}}]}""");
        await Host.Api.PutAsync("customers/macro-ann", """{"name":"Macro Ann"}""");
        JsonNode opened = await Host.Api.PostAsync("cases", """{"customerId":"macro-ann","title":"It stands"}""");
        OpenPage desk = await OpenAsync($"/cases/{opened["id"]}");

        await desk.ClickAsync("macros-open");
        await desk.ExpectTextAsync("macro", "A first");
        await desk.Handle("macro").Filter(new() { HasText = "A first" }).ClickAsync();

        await Host.Api.SeenAsync($"cases/{opened["id"]}", one => (string?)one["priority"] == "urgent", "the priority");
        await Expect(desk.Page.Locator("[data-priority='urgent']").Or(desk.Page.GetByText("Urgent")).First).ToBeVisibleAsync();
        await Host.Api.DeleteAsync("macros/a-first");
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task Who_else_looks_and_writes_is_told_at_the_reply_box()
    {
        string id = await Fixture.WriteAsync("looked-ann", "Looked Ann", "Who is there?");
        OpenPage first = await OpenAsync($"/conversations?id={id}");
        await first.ExpectAsync(first.Handle("reply-text"), "the reply box");
        OpenPage second = await OpenAsRoleAsync("supervisor", $"/conversations?id={id}");

        await first.ExpectTextAsync("lookers", "Also here");
        await second.FillAsync("reply-text", "I am wri");
        await first.ExpectTextAsync("lookers", "writing an answer");
        await first.AssertAccessibleAsync();
        await second.Page.GetByRole(AriaRole.Link, new() { Name = "Devices", Exact = true }).ClickAsync();

        await Expect(first.Handle("lookers")).ToBeEmptyAsync(new() { Timeout = 15_000 });
        Assert.Empty(first.Errors);
    }

    [Fact]
    public async Task An_article_that_answers_the_last_words_is_put_into_the_answer_by_a_key()
    {
        await Host.Api.PutAsync(
            "articles/fit-scale",
            """
            {"title":{"en":"Descale the espresso machine"},"body":{"en":"Use citric acid."},"keywords":["descale","espresso"],
            "status":"published","public":true}
            """
        );
        string id = await Fixture.WriteAsync("fit-ann", "Fit Ann", "How do I descale my espresso machine?");
        OpenPage desk = await OpenAsync($"/conversations?id={id}");

        await desk.ExpectTextAsync("fitting-article", "Descale the espresso machine");
        await desk.FillAsync("reply-text", "Dear Ann");
        await desk.Handle("reply-text").PressAsync("Alt+Digit1");

        await Expect(desk.Handle("reply-text"))
            .ToHaveValueAsync($"Dear Ann\nDescale the espresso machine\n{Fixture.Address.TrimEnd('/')}/help/en/fit-scale");
        await desk.AssertAccessibleAsync();
        Assert.Empty(desk.Errors);
    }

    private static async Task ChooseAsync(OpenPage desk, ILocator field, string name)
    {
        await field.ClickAsync();
        await desk.Page.GetByRole(AriaRole.Option, new() { Name = name, Exact = true }).ClickAsync();
    }
}
