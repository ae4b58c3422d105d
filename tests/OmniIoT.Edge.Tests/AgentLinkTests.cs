using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OmniIoT.Edge.Queue;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Edge.Tests;

/// <summary>The agent as a process against mosquitto, its readings as mosquitto's own subscriber saw them.</summary>
public sealed class AgentLinkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("omniiot-edge-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_reading_arrives_in_order_through_a_cut_link_and_killed_agents()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using CuttableLink link = new CuttableLink(broker.Port);
        await using LineProcess subscriber = await broker.SubscribeAsync("devices/edge-1/telemetry");
        Configure(link.Port);

        await using (LineProcess first = StartAgent())
        {
            await AwaitReadingsAsync(subscriber, 10);
            link.Cut();
            await link.TurnedAwayAsync();
            await link.TurnedAwayAsync();
            await first.KillAsync();
        }
        await using (LineProcess second = StartAgent())
        {
            await link.TurnedAwayAsync();
            link.Mend();
            await AwaitReadingsAsync(subscriber, 60);
            await second.KillAsync();
        }
        await using (LineProcess third = StartAgent())
        {
            await third.SeenAsync(line => line.Contains("Connected", StringComparison.OrdinalIgnoreCase), "the third agent's connection");
            await AwaitReadingsAsync(subscriber, 80);
            Assert.Equal(0, await third.StopAsync("the third agent"));
        }
        // What stands in the queue after the last stop is what had not been acknowledged: the next start sends it.
        long[] waiting = Waiting();
        long last = Distinct(subscriber.Lines).Select(reading => reading.Seq).Concat(waiting).Max();
        await using LineProcess fourth = StartAgent();
        await subscriber.SeenAllAsync(
            lines => waiting.All(Distinct(lines).Select(reading => reading.Seq).Contains),
            "the rest of the queue"
        );

        // What an outage left comes behind the newest.
        List<Reading> arrived = [.. Distinct(subscriber.Lines).Where(reading => reading.Seq <= last).OrderBy(reading => reading.Seq)];
        Assert.Equal(Enumerable.Range(0, arrived.Count).Select(n => arrived[0].Seq + n), arrived.Select(reading => reading.Seq));
        Assert.Equal(arrived.Select(reading => reading.At).Order(StringComparer.Ordinal), arrived.Select(reading => reading.At));
        Assert.All(Readings(subscriber.Lines).GroupBy(reading => reading.Seq), same => Assert.Single(same.Distinct()));
    }

    private void Configure(int port) =>
        File.WriteAllText(
            Path.Combine(_folder, "edge.json"),
            $$"""
            { "deviceId": "edge-1", "secret": "s", "host": "127.0.0.1", "port": {{port}}, "samplingInterval": "50ms",
              "queue": { "directory": "{{Path.Combine(_folder, "queue")}}" },
              "sensors": [ { "id": "s1", "type": "simulated", "metrics": { "temperature": {} } } ] }
            """
        );

    private LineProcess StartAgent() =>
        LineProcess.Start("dotnet", typeof(Agent).Assembly.Location, "--settings", Path.Combine(_folder, "edge.json"));

    private long[] Waiting()
    {
        using ReadingQueue queue = new(Path.Combine(_folder, "queue"), new QueueLimits(), TimeProvider.System, NullLogger.Instance);
        return [.. queue.Peek(int.MaxValue, int.MaxValue).Select(reading => reading.Seq)];
    }

    private static Task AwaitReadingsAsync(LineProcess subscriber, int count) =>
        subscriber.SeenAllAsync(lines => Distinct(lines).Count >= count, $"{count} readings");

    /// <summary>As the platform does: a seq that was there before is a re-sent message and harmless.</summary>
    private static List<Reading> Distinct(IReadOnlyList<string> lines) => [.. Readings(lines).DistinctBy(reading => reading.Seq)];

    private static IEnumerable<Reading> Readings(IReadOnlyList<string> lines) =>
        lines
            .Where(line => line.StartsWith('|'))
            .Select(line => JsonDocument.Parse(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).RootElement)
            .SelectMany(payload => payload.ValueKind == JsonValueKind.Array ? payload.EnumerateArray().ToArray() : [payload])
            // The agent's health has none.
            .Where(item => item.TryGetProperty("seq", out _))
            .Select(item => new Reading(
                item.GetProperty("seq").GetInt64(),
                item.GetProperty("ts").GetString()!,
                item.GetProperty("values").GetRawText()
            ));

    private sealed record Reading(long Seq, string At, string Values);
}
