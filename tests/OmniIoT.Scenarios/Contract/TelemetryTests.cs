using System.Text.Json.Nodes;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Scenarios.Contract;

[Collection(nameof(ContractHost))]
public sealed class TelemetryTests(ContractHost host)
{
    // 2026-06-09T10:14:00Z: on a minute, not on a quarter of an hour.
    private const long Start = 1_781_000_040_000;

    [Fact]
    public async Task A_message_is_a_point_an_array_of_points_or_a_bare_object_of_values()
    {
        await using ContractClient device = await DeviceAsync();
        long before = ContractHost.NowMilliseconds;
        await SendAsync(device, """{"ts":1781000040000,"seq":7,"values":{"temperature":71.3,"door":"open","on":true}}""");
        await SendAsync(
            device,
            """[{"ts":"2026-06-09T10:14:01Z","values":{"temperature":1}},{"ts":"2026-06-09T14:14:02.500+04:00","values":{"temperature":2}}]"""
        );
        await SendAsync(device, """{"temperature":3,"metric of no model":5}""");

        JsonArray items = (await RawAsync(device)).Items;
        Assert.Equal([71.3, 1, 2, 3], items.Select(item => (double)item!["value"]!));
        Assert.Equal(
            ["2026-06-09T10:14:00.000Z", "2026-06-09T10:14:01.000Z", "2026-06-09T10:14:02.500Z"],
            items.Take(3).Select(item => (string)item!["at"]!)
        );
        Assert.InRange(DateTimeOffset.Parse((string)items[3]!["at"]!, null).ToUnixTimeMilliseconds(), before, ContractHost.NowMilliseconds);
        Assert.Equal([7, null], items.Take(2).Select(item => (long?)item!["seq"]));
        Assert.Equal("open", (string?)(await host.GetAsync($"devices/{device.Id}/telemetry/raw?metric=door")).Items[0]!["value"]);
        Assert.Equal(
            5,
            (double)(await host.GetAsync($"devices/{device.Id}/telemetry/raw?metric=metric%20of%20no%20model")).Items[0]!["value"]!
        );
    }

    [Fact]
    public async Task A_message_sent_again_has_no_effect()
    {
        await using ContractClient device = await DeviceAsync();

        await SendAsync(device, """{"ts":1781000040000,"seq":7,"values":{"temperature":1}}""");
        await SendAsync(device, """{"ts":1781000041000,"seq":7,"values":{"temperature":9}}""");
        await device.MeasureAsync(Start + 2000, 2);
        await device.MeasureAsync(Start + 2000, 2);

        Assert.Equal([1, 2], (await RawAsync(device)).Items.Select(item => (double)item!["value"]!));
    }

    [Fact]
    public async Task Of_many_readings_in_one_millisecond_without_time_and_number_none_is_lost()
    {
        await using ContractClient device = await DeviceAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(value => SendAsync(device, $$"""{"temperature":{{value}}}""")));

        JsonArray items = (await RawAsync(device, "&limit=1000")).Items;
        Assert.Equal(Enumerable.Range(0, 200).Select(value => (double)value), items.Select(item => (double)item!["value"]!));
        Assert.All(items, item => Assert.Null((long?)item!["seq"]));
        JsonNode buckets = (await host.GetAsync($"devices/{device.Id}/telemetry?metric=temperature&points=1")).Body!;
        Assert.Equal(200, (int)Assert.Single(buckets["points"]!.AsArray())!["count"]!);
    }

    [Fact]
    public async Task From_and_to_are_inclusive_and_raw_points_come_page_by_page()
    {
        await using ContractClient device = await DeviceAsync();
        await SendSecondsAsync(device, 25);

        Assert.Equal(
            [5, 6, 7],
            (await RawAsync(device, $"&from={Start + 5000}&to={Start + 7000}")).Items.Select(item => (double)item!["value"]!)
        );
        List<double> walked = [];
        string? cursor = null;
        do
        {
            Answer page = await RawAsync(device, "&limit=10" + (cursor is null ? "" : "&cursor=" + cursor));
            walked.AddRange(page.Items.Select(item => (double)item!["value"]!));
            cursor = (string?)page["next"];
        } while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 25).Select(value => (double)value), walked);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1000)]
    public async Task Buckets_are_aligned_to_their_width_at_most_so_many_and_together_whole(int points)
    {
        await using ContractClient device = await DeviceAsync();
        await SendSecondsAsync(device, 200);

        Answer chart = await host.GetAsync($"devices/{device.Id}/telemetry?metric=temperature&points={points}");

        Assert.Equal(("temperature", "Cel"), ((string?)chart["metric"], (string?)chart["unit"]));
        JsonArray buckets = chart["points"]!.AsArray();
        Assert.InRange(buckets.Count, 1, points);
        Assert.Equal(200, buckets.Sum(bucket => (int)bucket!["count"]!));
        Assert.Equal((0, 199), (buckets.Min(bucket => (double)bucket!["min"]!), buckets.Max(bucket => (double)bucket!["max"]!)));
        long[] starts = [.. buckets.Select(bucket => DateTimeOffset.Parse((string)bucket!["at"]!, null).ToUnixTimeMilliseconds())];
        Assert.Equal(starts.Order(), starts);
        long width = starts.Zip(starts.Skip(1), (left, right) => right - left).DefaultIfEmpty(1000).Min();
        Assert.All(starts, start => Assert.Equal(0, start % width));
    }

    [Fact]
    public async Task A_late_point_corrects_the_roll_ups_and_leaves_the_newest_value()
    {
        await using ContractClient device = await DeviceAsync();
        await SendSecondsAsync(device, 100);
        Assert.Equal(99, await MaximumAsync(device));

        await device.MeasureAsync(Start + 500, 1000);

        Assert.Equal(1000, await MaximumAsync(device));
        Assert.Equal(99, (double)(await host.GetAsync($"devices/{device.Id}/twin"))["values"]!["temperature"]!["value"]!);
    }

    [Theory]
    [InlineData("telemetry?points=10", "/metric")]
    [InlineData("telemetry?metric=temperature&points=0", "/points")]
    [InlineData("telemetry?metric=temperature&from=yesterday", "/from")]
    [InlineData("telemetry/raw?metric=temperature&limit=10001", "/limit")]
    [InlineData("telemetry/raw?metric=temperature&cursor=nonsense", "/cursor")]
    public async Task A_question_that_cannot_be_understood_is_refused_by_name(string question, string pointer)
    {
        await using ContractClient device = await DeviceAsync();

        Answer answer = await host.GetAsync($"devices/{device.Id}/{question}");

        Assert.Equal(422, answer.Status);
        Assert.Equal([pointer], answer.Pointers);
    }

    private async Task<ContractClient> DeviceAsync() => await host.AddDeviceAsync(await host.AddModelAsync());

    private Task<Answer> RawAsync(ContractClient device, string more = "") =>
        host.GetAsync($"devices/{device.Id}/telemetry/raw?metric=temperature{more}");

    private async Task<double> MaximumAsync(ContractClient device) =>
        (double)(await host.GetAsync($"devices/{device.Id}/telemetry?metric=temperature&points=1"))["points"]![0]!["max"]!;

    private static async Task SendAsync(ContractClient device, string payload) =>
        Assert.Equal(ReasonCode.Success, await device.PublishAsync($"devices/{device.Id}/telemetry", payload));

    private static Task SendSecondsAsync(ContractClient device, int count) =>
        SendAsync(
            device,
            "["
                + string.Join(
                    ",",
                    Enumerable.Range(0, count).Select(i => $$"""{"ts":{{Start + (i * 1000)}},"values":{"temperature":{{i}} } }""")
                )
                + "]"
        );
}
