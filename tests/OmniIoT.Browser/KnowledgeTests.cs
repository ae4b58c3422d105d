using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

[Collection(ConsoleCollection.Name)]
public sealed class KnowledgeTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task An_earlier_version_of_an_article_is_read_and_taken_back()
    {
        await Host.Api.PutAsync("articles/filters", """{"title":{"en":"Filters"},"body":{"en":"Wash it weekly.","az":"Yuyun."}}""");
        await Host.Api.PutAsync("articles/filters", """{"title":"Filters","body":"Throw it away.","status":"published"}""");
        OpenPage desk = await OpenAsync("/articles/filters");
        await desk.ClickAsync("versions");
        await Expect(desk.Handle("version")).ToHaveCountAsync(2);
        await Expect(desk.Handle("article-body-en")).ToHaveValueAsync("Throw it away.");

        await desk.Handle("version-look").Nth(1).ClickAsync();
        ILocator shown = desk.Page.GetByRole(AriaRole.Dialog).GetByTestId("article-body-en");
        await Expect(shown).ToHaveValueAsync("Wash it weekly.");
        await Expect(shown).Not.ToBeEditableAsync();
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("version-take");

        await Expect(desk.Handle("article-body-en")).ToHaveValueAsync("Wash it weekly.");
        await desk.ClickAsync("article-save");
        await Expect(desk.Handle("version")).ToHaveCountAsync(3);
        JsonNode saved = await Host.Api.ReadAsync("articles/filters");
        Assert.Equal(("Yuyun.", "published"), ((string?)saved["body"]!["az"], (string?)saved["status"]));
        Assert.Empty(desk.Errors);
        Host.HasNoErrors();
    }

    [Fact]
    public async Task An_earlier_version_replaces_what_is_not_saved_only_when_that_is_wanted()
    {
        await Host.Api.PutAsync("articles/hoses", """{"title":{"en":"Hoses"},"body":{"en":"Change them yearly."}}""");
        OpenPage desk = await OpenAsync("/articles/hoses");
        await desk.FillAsync("article-body-en", "Change them monthly.");
        await desk.ClickAsync("versions");
        await desk.ClickAsync("version-look");
        await desk.ClickAsync("version-take");

        await desk.ExpectAsync(desk.Handle("version-take-confirm"), "the question before what was written is lost");
        await Expect(desk.Handle("article-body-en")).ToHaveValueAsync("Change them monthly.");
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("version-take-confirm");
        await Expect(desk.Handle("article-body-en")).ToHaveValueAsync("Change them yearly.");
        Assert.Empty(desk.Errors);
        Host.HasNoErrors();
    }
}
