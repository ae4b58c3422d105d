using System.Text.Json;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Answers.Articles;
using OmniIoT.Domain.Answers.Bots;

namespace OmniIoT.Domain.Tests.Answers;

/// <summary>A little knowledge and a bot to try.</summary>
internal static class Helpdesk
{
    public static readonly Instant Now = new(1_772_445_600_000);

    public static Bot Bot { get; } =
        BotReader
            .Read(
                "helper",
                Json(
                    """
                    {"greeting":{"en":"Good day."},"queue":"washers","intents":[
                      {"name":"repair","keywords":["repair"],"answer":{"form":{"fields":[{"name":"day","ask":{"en":"Which day?"}},{"name":"time"}]}}},
                      {"name":"status","examples":{"en":["How is my machine?"]},"answer":{"deviceStatus":true}},
                      {"name":"lawyers","keywords":["lawyer"],"answer":{"queue":"legal"}},
                      {"name":"gone","examples":["Where is the manual?"],"answer":{"article":"unwritten"}}]}
                    """
                )
            )
            .Value!;

    public static Knowledge Knowledge { get; } =
        Knowledge.Of(
            [
                Article(
                    "leak",
                    """{"title":{"en":"Water leaks from the washer"},"body":{"en":"Close the **tap**."},"status":"published"}"""
                ),
                Article("secret", """{"title":{"en":"Discount for friends"},"body":{"en":"Half."},"status":"published","public":false}"""),
                Article("draft", """{"title":{"en":"Descale the coffee machine"},"body":{"en":"Not yet."}}"""),
            ],
            [Bot]
        );

    /// <summary>As many articles for customers, each so long.</summary>
    public static Knowledge Large(int articles, int lettersEach) =>
        Knowledge.Of(
            Enumerable
                .Range(0, articles)
                .Select(n =>
                    Article(
                        $"a{n}",
                        $$$"""{"title":{"en":"Article {{{n}}}"},"body":{"en":"{{{new string('x', lettersEach)}}}"},"status":"published"}"""
                    )
                ),
            [Bot]
        );

    public static DeviceReport Broken { get; } =
        new(
            "w7",
            "Washer 7",
            "washer",
            new DeviceAlarm("E42", Severity.Major, Now - TimeSpan.FromMinutes(5), "case-1") { Value = 91, Metric = "temperature" }
        );

    public static BotQuestion Ask(string text, params DeviceReport[] devices) =>
        new(text, "en")
        {
            Now = Now,
            Devices = devices,
            IsByCustomer = true,
        };

    public static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    private static Article Article(string id, string json) => ArticleReader.Read(id, Json(json)).Value!;
}
