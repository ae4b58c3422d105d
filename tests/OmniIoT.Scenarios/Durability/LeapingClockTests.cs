using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Durability;

/// <summary>The clock of the machine leaps by years for some seconds, and nothing comes of it.</summary>
public sealed class LeapingClockTests
{
    [Fact]
    public async Task Readings_stay_and_bear_the_true_time_alarms_are_raised_and_the_leap_is_said()
    {
        using SetClock clock = new();
        await using HostProcess host = await HostProcess.StartByClockAsync(clock);
        FloodDevice device = (await FloodFleet.RegisterAsync(host.Api, devices: 1)).Devices[0];
        await ReportAsync(host, device, 20);

        clock.Set("+1200d");
        string said = await Awaited.Seen(async () => (string?)(await ReadyAsync(host))["reasons"]!["cluster"], "leap in /readyz");
        Assert.Equal(1200, LeapIn(said).TotalDays, tolerance: 0.001);
        await ReportAsync(host, device, 30);
        clock.Set("+0");
        await Awaited.Seen(
            async () => (string)(await ReadyAsync(host))["parts"]!["cluster"]! == "ok" ? "ok" : null,
            "/readyz without a leap"
        );
        await ReportAsync(host, device, 95);

        IReadOnlyList<JsonNode> readings = await host.Api.ListAsync($"devices/{device.Id}/telemetry/raw?metric=temperature");
        Assert.Equal([20d, 30, 95], readings.Select(reading => (double)reading["value"]!));
        Assert.All(
            readings,
            reading => Assert.InRange(At(reading), TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1), TimeProvider.System.GetUtcNow())
        );
        JsonNode twin = await host.Api.ReadAsync($"devices/{device.Id}/twin");
        Assert.Equal(95, (double)twin["values"]!["temperature"]!["value"]!);
        Assert.Single(await host.Api.ListAsync($"alarms?deviceId={device.Id}"));
        Assert.Empty(host.Errors);
    }

    private static TimeSpan LeapIn(string said)
    {
        Match match = Regex.Match(said, @"leapt by (\S+);");
        Assert.True(match.Success, said);
        return TimeSpan.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static DateTimeOffset At(JsonNode reading) => DateTimeOffset.Parse((string)reading["at"]!, CultureInfo.InvariantCulture);

    private static async Task<JsonNode> ReadyAsync(HostProcess host) =>
        JsonNode.Parse(await host.Api.GetStringAsync($"http://127.0.0.1:{host.HttpPort}/readyz"))!;

    private static Task ReportAsync(HostProcess host, FloodDevice device, double temperature) =>
        new MosquittoClient(host.MqttPort, device.Id, device.Secret).PublishAsync(
            $"devices/{device.Id}/telemetry",
            $$"""{ "temperature": {{temperature}} }"""
        );
}
