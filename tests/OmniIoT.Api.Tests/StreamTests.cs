using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests;

public sealed class StreamTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_watcher_sees_an_alarm_its_case_and_the_twin()
    {
        string secret = await host.SeedWasherAsync("s-live", "s-owner");
        using EventReader stream = await OpenAsync("stream?deviceId=s-live");

        await host.PublishAsync("s-live", secret, "devices/s-live/telemetry", """{"temperature":91.5}""");
        StreamEvent alarm = await stream.NextAsync("alarm");
        StreamEvent twin = await stream.NextAsync("twin");

        Assert.Contains("\"overheat\"", alarm.Data, StringComparison.Ordinal);
        Assert.NotNull(alarm.Id);
        Assert.Contains("91.5", twin.Data, StringComparison.Ordinal);
        Assert.Null(twin.Id);
    }

    [Fact]
    public async Task A_watcher_who_comes_back_misses_nothing_and_sees_nothing_twice()
    {
        await host.PutAsync("customers/s-back", """{"name":"Back"}""");
        long seen;
        using (EventReader first = await OpenAsync("stream?customerId=s-back&kinds=note.added"))
        {
            await NoteAsync("one");
            seen = (await first.NextAsync("note.added")).Id!.Value;
        }

        await NoteAsync("two");
        await NoteAsync("three");
        using EventReader second = await OpenAsync("stream?customerId=s-back&kinds=note.added", seen);
        await NoteAsync("four");
        string[] titles = [await TitleAsync(second), await TitleAsync(second), await TitleAsync(second)];

        Assert.Equal(["two", "three", "four"], titles);
    }

    [Fact]
    public async Task A_watcher_of_one_customer_sees_only_theirs()
    {
        await host.PutAsync("customers/s-back", """{"name":"Back"}""");
        await host.PutAsync("customers/s-else", """{"name":"Else"}""");
        using EventReader stream = await OpenAsync("stream?customerId=s-back&kinds=note.added");

        await host.PostAsync("customers/s-else/timeline", """{"title":"not mine"}""");
        await NoteAsync("mine");

        Assert.Equal("mine", await TitleAsync(stream));
    }

    private async Task<EventReader> OpenAsync(string path, long? lastEventId = null) =>
        await Awaited.Within(EventReader.OpenAsync(host.ClientWith(RunningHost.ApiKey), "/api/v1/" + path, lastEventId), "open stream");

    private Task<Answer> NoteAsync(string title) => host.PostAsync("customers/s-back/timeline", $$"""{"title":"{{title}}"}""");

    private static async Task<string> TitleAsync(EventReader stream) =>
        (string)System.Text.Json.Nodes.JsonNode.Parse((await stream.NextAsync("note.added")).Data)!["title"]!;
}
