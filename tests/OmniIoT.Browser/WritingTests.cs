using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>An agent writes an answer: it can be taken back, survives, and brings files.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class WritingTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task An_answer_can_be_taken_back_for_a_moment_survives_a_reload_meanwhile_and_then_leaves_once()
    {
        string id = await Fixture.WriteAsync("held-ann", "Held Ann", "Is it ready?");
        OpenPage desk = await OpenAsync($"/inbox?talkId={id}");
        await desk.FillAsync("reply-text", "Yes, quiet ready");
        await desk.Handle("reply-text").PressAsync("Control+Enter");
        await desk.ExpectTextAsync("reply-held", "Yes, quiet ready");
        await desk.AssertAccessibleAsync();
        await desk.Handle("reply-undo").PressAsync("Enter");
        await Expect(desk.Handle("reply-text")).ToHaveValueAsync("Yes, quiet ready");

        await desk.FillAsync("reply-text", "Yes, quite ready");
        await desk.ClickAsync("reply-send");
        await desk.ExpectAsync(desk.Handle("reply-held"), "that it is held back");
        await desk.Page.ReloadAsync();
        await Expect(desk.Handle("reply-text")).ToHaveValueAsync("Yes, quite ready");
        Assert.Single((await Host.Api.ReadAsync($"conversations/{id}"))["messages"]!.AsArray());

        await desk.ClickAsync("reply-send");
        await desk.ExpectTextAsync("message", "Yes, quite ready");
        await Expect(desk.Handle("reply-text")).ToHaveValueAsync("");
        Assert.Equal(2, (await Host.Api.ReadAsync($"conversations/{id}"))["messages"]!.AsArray().Count);
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task Who_goes_on_to_another_page_has_sent_the_answer()
    {
        string id = await Fixture.WriteAsync("gone-ann", "Gone Ann", "Hello?");
        OpenPage desk = await OpenAsync($"/inbox?talkId={id}");
        await desk.FillAsync("reply-text", "Coming");
        await desk.ClickAsync("reply-send");
        await desk.ExpectAsync(desk.Handle("reply-held"), "that it is held back");

        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Devices", Exact = true }).ClickAsync();

        await Host.Api.SeenAsync($"conversations/{id}", talk => talk["messages"]!.AsArray().Count == 2, "the answer");
        await desk.Page.GoBackAsync();
        await desk.ExpectTextAsync("message", "Coming");
        await Expect(desk.Handle("reply-text")).ToHaveValueAsync("");
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task Files_come_by_choice_drop_and_paste_and_leave_with_the_words()
    {
        string id = await Fixture.WriteAsync("file-ann", "File Ann", "Do you have a plan?");
        OpenPage desk = await OpenAsync($"/inbox?talkId={id}");
        FilePayload plan = new()
        {
            Name = "plan.txt",
            MimeType = "text/plain",
            Buffer = Encoding.UTF8.GetBytes("a plan"),
        };
        await desk.Page.Locator("form input[type=file]").SetInputFilesAsync(plan);
        await desk.ExpectTextAsync("attached", "plan.txt");
        await HandAsync(desk, "drop", "dropped.txt");
        await desk.ExpectTextAsync("attached", "dropped.txt");
        await HandAsync(desk, "paste", "pasted.txt");
        await desk.ExpectTextAsync("attached", "pasted.txt");
        await desk.AssertAccessibleAsync();
        await desk.Handle("attached").Filter(new() { HasText = "dropped.txt" }).GetByRole(AriaRole.Button).ClickAsync();

        await desk.FillAsync("reply-text", "Here it is");
        await desk.ClickAsync("reply-send");

        await desk.ExpectTextAsync("message", "Here it is");
        JsonNode sent = (await Host.Api.ReadAsync($"conversations/{id}"))["messages"]!.AsArray()[^1]!;
        Assert.Equal(["plan.txt", "pasted.txt"], sent["attachments"]!.AsArray().Select(file => (string?)file!["name"]));
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task Help_tells_what_can_be_done_here_and_by_which_key_and_the_keys_do_it()
    {
        string id = await Fixture.WriteAsync("key-ann", "Key Ann", "By key?");
        OpenPage desk = await OpenAsync($"/inbox?talkId={id}");
        await desk.ExpectTextAsync("message", "By key?");
        await desk.Page.Keyboard.PressAsync("?");
        await desk.ExpectTextAsync("help-text", "what is overdue stands first");
        await desk.ExpectTextAsync("help-text", "Close conversation");
        await desk.AssertAccessibleAsync();
        await desk.Page.Keyboard.PressAsync("Escape");
        await Expect(desk.Handle("help-text")).ToHaveCountAsync(0);

        await desk.Page.Keyboard.PressAsync("r");
        await Expect(desk.Handle("reply-text")).ToBeFocusedAsync();
        // What is typed is text, no key.
        await desk.Page.Keyboard.TypeAsync("e?");
        await Expect(desk.Handle("reply-text")).ToHaveValueAsync("e?");
        await desk.FillAsync("reply-text", "");
        await desk.Handle("reply-text").BlurAsync();
        await desk.Page.Keyboard.PressAsync("e");

        await desk.ExpectAsync(desk.Handle("conversation-closed"), "that it is closed");
        Assert.Equal("closed", (string?)(await Host.Api.ReadAsync($"conversations/{id}"))["status"]);
    }

    /// <summary>A file comes by hand onto the place to write.</summary>
    private static async Task HandAsync(OpenPage desk, string how, string name) =>
        await desk.Handle("reply-text")
            .EvaluateAsync(
                """
                (field, { how, name }) => {
                  const data = new DataTransfer();
                  data.items.add(new File(['by hand'], name, { type: 'text/plain' }));
                  const options = { bubbles: true, cancelable: true };
                  field.dispatchEvent(
                    how === 'drop'
                      ? new DragEvent('drop', { ...options, dataTransfer: data })
                      : new ClipboardEvent('paste', { ...options, clipboardData: data }),
                  );
                }
                """,
                new { how, name }
            );
}
