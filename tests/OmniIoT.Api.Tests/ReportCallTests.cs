using System.Net;
using System.Text.Json.Nodes;

namespace OmniIoT.Api.Tests;

/// <summary>Reports: their names, rows, parts of time, and files.</summary>
public sealed class ReportCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Theory]
    [InlineData("channels", "channel")]
    [InlineData("agents", "agent")]
    [InlineData("queues", "queue")]
    [InlineData("cases", "queue")]
    [InlineData("bot", "bot")]
    [InlineData("voice", "channel")]
    [InlineData("sla", "queue")]
    [InlineData("devices", "model")]
    public async Task Every_report_has_its_dimension_and_every_measure(string name, string dimension)
    {
        await host.PutAsync("customers/report-all", """{"name":"All"}""");
        await host.PostAsync("cases", """{"customerId":"report-all","title":"It leaks","queue":"report-all"}""");

        Answer report = await host.GetAsync("reports/" + name);
        Answer whole = await host.GetAsync($"reports/{name}?by=all");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (report.Status, whole.Status));
        Assert.All(report.Items, row => Assert.NotNull(row![dimension]));
        string[] measures =
        [
            "contacts",
            "opened",
            "closed",
            "closedPerAgentHour",
            "firstContactResolution",
            "waitSecondsP50",
            "waitSecondsP90",
            "abandoned",
            "transfers",
            "switches",
            "repeats",
            "deflected",
            "contained",
            "csat",
            "breached",
            "timeToDetectSeconds",
            "timeToInformSeconds",
            "timeToRepairSeconds",
            "openedBeforeContact",
            "selfHealed",
            "verifiedRepairs",
        ];
        Assert.All(measures, measure => Assert.True(Assert.Single(whole.Items)!.AsObject().ContainsKey(measure), measure));
    }

    [Fact]
    public async Task What_is_opened_and_resolved_counts_in_its_queue_at_once()
    {
        await host.PutAsync("customers/report-count", """{"name":"Count"}""");
        for (int i = 0; i < 3; i++)
            await host.PostAsync("cases", """{"customerId":"report-count","title":"It leaks","queue":"report-count"}""");
        JsonNode last = (await host.GetAsync("cases?customerId=report-count")).Items[0]!;
        await host.PostAsync($"cases/{last["id"]}/resolve", """{"resolution":"Done"}""");

        JsonNode row = RowOf(await host.GetAsync("reports/cases"), "queue", "report-count");
        JsonNode today = RowOf(await host.GetAsync("reports/queues?bucket=day&from=" + From(1)), "queue", "report-count");

        Assert.Equal((3, 1), ((int)row["opened"]!, (int)row["closed"]!));
        Assert.Equal((3, 1), ((int)today["opened"]!, (int)today["closed"]!));
        Assert.NotNull(today["at"]);
    }

    [Fact]
    public async Task Days_begin_by_the_clock_of_the_calendar_that_is_named()
    {
        await host.PutAsync("calendars/report-tehran", """{"timeZone":"Asia/Tehran","hours":[{"from":"00:00","to":"24:00"}]}""");
        await host.PutAsync("customers/report-zone", """{"name":"Zone"}""");
        await host.PostAsync("cases", """{"customerId":"report-zone","title":"It leaks","queue":"report-zone"}""");

        JsonNode row = RowOf(
            await host.GetAsync("reports/cases?bucket=day&calendar=report-tehran&from=" + From(3)),
            "queue",
            "report-zone"
        );

        Assert.EndsWith("T20:30:00.000Z", (string)row["at"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_comes_as_a_file_that_no_spreadsheet_takes_for_a_formula()
    {
        await host.PutAsync("customers/report-file", """{"name":"File"}""");
        await host.PostAsync("cases", """{"customerId":"report-file","title":"It leaks","queue":"=1+1, \"a\""}""");

        Answer file = await host.GetAsync("reports/cases?format=csv");

        string[] lines = file.Text.Split("\r\n");
        Assert.StartsWith("queue,contacts,opened,closed,", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, static line => line.StartsWith("\"'=1+1, \"\"a\"\"\",0,1,0,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Chats_are_counted_by_channel_with_what_was_waited()
    {
        Answer visitor = await host.SendAsync(HttpMethod.Post, "/chat/api/visitors", """{"name":"Waiter"}""");
        using HttpClient chat = new() { BaseAddress = host.Http.BaseAddress };
        chat.DefaultRequestHeaders.Authorization = new("Bearer", (string?)visitor.Json!["token"]);
        await RunningHost.SendAsync(chat, HttpMethod.Post, "/chat/api/messages", """{"text":"Hello"}""");
        JsonNode talk = (await host.GetAsync("conversations?channel=webchat")).Items[0]!;
        await host.PostAsync($"conversations/{talk["id"]}/messages", """{"text":"Good day"}""");
        await host.SendAsync(HttpMethod.Patch, $"conversations/{talk["id"]}", """{"status":"closed"}""");

        JsonNode row = RowOf(await host.GetAsync("reports/channels"), "channel", "webchat");

        Assert.Equal((1, 0, 1.0), ((int)row["contacts"]!, (int)row["abandoned"]!, (double)row["firstContactResolution"]!));
        Assert.NotNull(row["waitSecondsP90"]);
    }

    [Theory]
    [InlineData("reports/weather", "/name")]
    [InlineData("reports/cases?by=colour", "/by")]
    [InlineData("reports/cases?bucket=minute", "/bucket")]
    [InlineData("reports/cases?bucket=hour&from=2025-01-01T00:00:00Z", "/bucket")]
    [InlineData("reports/cases?format=xml", "/format")]
    [InlineData("reports/cases?calendar=none", "/calendar")]
    [InlineData("reports/cases?from=x", "/from")]
    [InlineData("reports/cases?form=csv", "/form")]
    public async Task What_no_report_answers_is_refused_with_its_place(string path, string pointer)
    {
        Answer answer = await host.GetAsync(path);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, pointer), (answer.Status, answer.Pointer));
    }

    private static JsonNode RowOf(Answer report, string dimension, string value) =>
        Assert.Single(report.Items, row => (string?)row![dimension] == value)!;

    private static string From(int daysAgo) =>
        TimeProvider
            .System.GetUtcNow()
            .AddDays(-daysAgo)
            .ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}
