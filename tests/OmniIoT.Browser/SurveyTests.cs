using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>What customers are asked, written as forms, and the words behind the figures page by page.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class SurveyTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Theory]
    [InlineData(1280, "light", "en")]
    [InlineData(390, "dark", "ar")]
    public async Task A_survey_is_written_seen_in_every_language_turned_off_and_removed(int width, string scheme, string language)
    {
        string name = $"After the talk {width}";
        string id = $"after-the-talk-{width}";
        OpenPage desk = await OpenAsync($"/surveys?lang={language}", Look(width, scheme));
        await desk.ClickAsync("surveys-create");
        await desk.FillAsync("survey-name", name);
        await Expect(desk.Handle("survey-preview-en")).ToContainTextAsync("How satisfied are you with our help?");
        await desk.FillAsync("survey-question", "Was it good?");
        await Expect(desk.Handle($"survey-preview-{language}")).ToContainTextAsync("Was it good?");
        await desk.FillAsync("survey-follow", "99");
        await desk.ClickAsync("survey-save");
        await Expect(desk.Handle("survey-follow")).ToHaveAttributeAsync("aria-invalid", "true");
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();
        await desk.FillAsync("survey-follow", "3");
        await desk.ClickAsync("survey-save");

        ILocator row = desk.Handle("surveys-row", "id", id);
        await desk.ExpectAsync(row, "the survey");
        await row.GetByTestId("survey-switch").ClickAsync();
        await Host.Api.SeenAsync($"surveys/{id}", static one => (bool?)one["enabled"] == false, "the survey turned off");
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();
        JsonNode stored = await Host.Api.ReadAsync($"surveys/{id}");
        Assert.Equal(("Was it good?", 3), ((string?)stored["question"]![language], (int)stored["followUpBelow"]!));

        await row.GetByTestId("surveys-remove").ClickAsync();
        await desk.ClickAsync("surveys-confirm");
        await Expect(row).ToHaveCountAsync(0);
        Host.HasNoErrors();
    }

    [Fact]
    public async Task A_theme_needs_words_and_who_only_reads_figures_changes_nothing()
    {
        OpenPage desk = await OpenAsync("/surveys");
        await desk.ClickAsync("themes-create");
        await desk.FillAsync("theme-name", "Noise at night");
        await desk.ClickAsync("theme-save");
        await Expect(desk.Handle("theme-keywords")).ToHaveAttributeAsync("aria-invalid", "true");
        await desk.FillAsync("theme-keywords", "loud");
        await desk.Handle("theme-keywords").PressAsync("Enter");
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("theme-save");
        await Expect(desk.Handle("themes-row", "id", "noise-at-night")).ToContainTextAsync("loud");
        Assert.Equal("loud", (string?)(await Host.Api.ReadAsync("themes/noise-at-night"))["keywords"]!["en"]![0]);
        Host.HasNoErrors();

        await Host.Api.PutAsync("roles/figures", """{ "rights": ["reports:read"] }""");
        OpenPage reader = await OpenAsRoleAsync("figures", "/surveys");
        await reader.ExpectTextAsync("themes-row", "Noise at night");
        await Expect(reader.Handle("themes-create").Or(reader.Handle("themes-edit")).Or(reader.Handle("surveys-create")))
            .ToHaveCountAsync(0);
        Assert.Empty(reader.Errors);
    }

    [Fact]
    public async Task Words_beyond_the_first_fifty_follow_page_by_page()
    {
        const int many = 53;
        await Host.Api.PutAsync("themes/paged", """{ "name": "By the page", "keywords": ["pagedword"] }""");
        await Host.Api.PutAsync("surveys/paged", """{ "type": "csat", "on": "conversation.closed" }""");
        for (int i = 0; i < many; i++)
        {
            string talk = await Fixture.WriteAsync($"paged-{i}", $"Paged {i}", "It hums");
            await Fixture.AnswerSurveyAsync(talk, 4, $"pagedword {i}");
        }

        OpenPage desk = await OpenAsync("/voice?theme=paged");
        await desk.ExpectAsync(desk.Page.GetByRole(AriaRole.Button, new() { Name = "Not only By the page" }), "the theme by its name");
        await desk.ExpectTextAsync("verbatim", $"pagedword {many - 1}");
        await desk.ScrollToLastAsync("verbatim");
        await Expect(desk.Handle("verbatim")).ToHaveCountAsync(many);
        await desk.ExpectTextAsync("verbatim", "pagedword 0");
        Assert.Empty(desk.Errors);
        Host.HasNoErrors();
    }

    private static BrowserNewContextOptions Look(int width, string scheme) =>
        new()
        {
            ViewportSize = new() { Width = width, Height = 844 },
            ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
        };
}
