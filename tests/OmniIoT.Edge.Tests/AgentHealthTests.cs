using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OmniIoT.Devices.Time;
using OmniIoT.Edge.Queue;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Edge.Tests;

/// <summary>What the agent tells of itself, what comes first after an outage, and how it ends: the process against mosquitto.</summary>
public sealed class AgentHealthTests : IDisposable
{
    private const string Topic = "devices/edge-4/telemetry";

    private readonly TemporaryDirectory _folder = new();

    private string Queue => Path.Combine(_folder.Path, "queue");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_tells_how_it_is_and_what_a_full_queue_dropped()
    {
        long dropped = FillQueue();
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using LineProcess telemetry = await broker.SubscribeAsync(Topic);
        await using LineProcess agent = StartAgent(broker.Port);

        string line = await telemetry.SeenAsync(line => line.Contains("agent.rssBytes", StringComparison.Ordinal), "the agent's health");

        JsonObject health = Payload(line).AsObject();
        JsonObject values = health["values"]!.AsObject();
        Assert.False(health.ContainsKey("seq"));
        Assert.Equal(
            [
                "agent.cpuPercent",
                "agent.rssBytes",
                "clock.offsetSeconds",
                "link.reconnects",
                "queue.dropped",
                "queue.oldestSeconds",
                "queue.readings",
            ],
            values.Select(value => value.Key).Order(StringComparer.Ordinal)
        );
        Assert.Equal(dropped, (long)values["queue.dropped"]!);
        Assert.InRange((long)values["queue.readings"]!, 500, 1100);
        Assert.InRange((double)values["agent.rssBytes"]!, 1e6, 1e9);
        Assert.InRange((double)values["agent.cpuPercent"]!, 0, 10_000);
        Assert.Equal(0, (long)values["link.reconnects"]!);
    }

    [Fact]
    public async Task After_an_outage_the_newest_comes_first_and_then_the_rest_in_order()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using CuttableLink link = new(broker.Port);
        await using LineProcess telemetry = await broker.SubscribeAsync(Topic);
        await using LineProcess agent = StartAgent(link.Port, "\"samplingInterval\": \"20ms\", \"backlogPerSecond\": 40,");
        await telemetry.SeenAllAsync(lines => Seqs(lines).Count >= 20, "readings before the cut");
        link.Cut();
        for (int attempt = 0; attempt < 3; attempt++)
            await link.TurnedAwayAsync();
        List<long> before = Seqs(telemetry.Lines);
        link.Mend();
        await telemetry.SeenAllAsync(lines => Seqs(lines).Count >= before.Count + 150, "readings after the cut");

        // A batch that was under way at the cut may come again before anything else.
        List<long[]> after = [.. Messages(telemetry.Lines).Select(seqs => seqs.Except(before).ToArray()).Where(seqs => seqs.Length > 0)];
        long newest = after.First(seqs => seqs.Length == 1 && seqs[0] > before.Max() + 100)[0];
        long[] rest = [.. after.Where(seqs => seqs.Length > 1).SelectMany(seqs => seqs)];
        Assert.Equal(rest.Order(), rest);
        Assert.All(after.Skip(1).Where(seqs => seqs[0] < newest), seqs => Assert.InRange(seqs.Length, 1, 40));
        Assert.True(after.FindIndex(seqs => seqs.Contains(newest)) <= 1, "The newest reading did not come first.");
    }

    [Fact]
    public async Task What_it_read_is_on_the_disk_when_it_is_asked_to_stop()
    {
        await using LineProcess agent = StartAgent(FreePort.Find(), "\"samplingInterval\": \"20ms\",");
        // It waits for half a second at least between two attempts.
        await agent.SeenAsync(2, line => line.Contains("No link yet", StringComparison.Ordinal), "attempts to connect");

        Assert.Equal(0, await agent.StopAsync("the agent"));

        using ReadingQueue queue = OpenQueue();
        long[] seqs = [.. queue.Peek(10_000, int.MaxValue).Select(reading => reading.Seq)];
        Assert.True(seqs.Length > 10, $"{seqs.Length} readings");
        Assert.Equal(Enumerable.Range(0, seqs.Length).Select(number => seqs[0] + number), seqs);
    }

    [Fact]
    public async Task A_sensor_that_hangs_keeps_it_from_nothing()
    {
        // Nobody writes to it: who reads it waits for ever.
        string chip = Directory.CreateDirectory(Path.Combine(_folder.Path, "sys", "class", "hwmon", "hwmon0")).FullName;
        await File.WriteAllTextAsync(Path.Combine(chip, "name"), "stuck\n");
        using (Process made = Process.Start("mkfifo", Path.Combine(chip, "temp1_input")))
            await made.WaitForExitAsync();
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using LineProcess telemetry = await broker.SubscribeAsync(Topic);
        await using LineProcess agent = StartAgent(
            broker.Port,
            $$""" "samplingInterval": "20ms", "sysfs": "{{Path.Combine(_folder.Path, "sys")}}", """,
            """, { "id": "s2", "type": "hwmon", "path": "stuck/temp1", "metrics": { "temperature": { "name": "stuck" } } } """
        );
        await telemetry.SeenAllAsync(lines => Seqs(lines).Count >= 20, "readings of the other sensor");

        Assert.Equal(0, await agent.StopAsync("the agent"));
    }

    private long FillQueue()
    {
        using ReadingQueue queue = OpenQueue();
        byte[] values = Encoding.UTF8.GetBytes($"{{\"n\":{new string('1', 1000)}}}");
        for (int reading = 0; reading < 2000; reading++)
            queue.Add(Instant.FromTime(TimeProvider.System.GetUtcNow()), values);
        queue.Flush();
        Assert.True(queue.Dropped > 0);
        return queue.Dropped;
    }

    private ReadingQueue OpenQueue() => new(Queue, new QueueLimits { MaxBytes = 1024 * 1024 }, TimeProvider.System, NullLogger.Instance);

    private LineProcess StartAgent(int port, string settings = "", string sensors = "")
    {
        string file = Path.Combine(_folder.Path, "edge.json");
        File.WriteAllText(
            file,
            $$"""
            { "cloud": { "deviceId": "edge-4", "secret": "s", "host": "127.0.0.1", "port": {{port}} }, {{settings}}
              "queue": { "directory": "{{Queue}}", "maxMegabytes": 1 },
              "sensors": [ { "id": "s1", "type": "simulated", "metrics": { "temperature": {} } }{{sensors}} ] }
            """
        );
        return LineProcess.Start("dotnet", typeof(Agent).Assembly.Location, "--settings", file);
    }

    private static List<long> Seqs(IReadOnlyList<string> lines) => [.. Messages(lines).SelectMany(seqs => seqs).Distinct()];

    /// <summary>By message the numbers of its readings.</summary>
    private static IEnumerable<long[]> Messages(IReadOnlyList<string> lines) =>
        lines
            .Where(line => line.StartsWith('|'))
            .Select(line => (Payload(line) as JsonArray)?.ToArray() ?? [Payload(line)])
            .Select(readings => readings.Select(reading => (long?)reading!["seq"]).OfType<long>().ToArray());

    private static JsonNode Payload(string line) => JsonNode.Parse(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])!;
}
