using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Durability;

/// <summary>A host that is flooded, and comes back on the same data and the same port however it ends.</summary>
internal sealed class FloodedHost : IAsyncDisposable
{
    /// <summary>Of the flood's readings, as many are cool and then hot in turn.</summary>
    public const int Episode = 50;

    private readonly TemporaryDirectory? _ownDirectory;
    private readonly string _directory;
    private readonly int _port = FreePort.Find();

    private FloodedHost(string? directory)
    {
        _ownDirectory = directory is null ? new TemporaryDirectory() : null;
        _directory = directory ?? _ownDirectory!.Path;
    }

    public HostProcess Host { get; private set; } = null!;

    public IReadOnlyList<FloodDevice> Devices { get; private set; } = [];

    /// <param name="directory">Null: one of its own.</param>
    public static async Task<FloodedHost> StartAsync(int devices, string? directory = null)
    {
        FloodedHost flooded = new(directory);
        await flooded.RestartAsync();
        await flooded.RegisterAsync(devices);
        return flooded;
    }

    public async Task RestartAsync()
    {
        if (Host is not null)
            await Host.DisposeAsync();
        Host = await HostProcess.StartAsync(_directory, $"--OmniIoT:Mqtt:Port={_port}");
    }

    public FloodPlan Plan(int count) => new(_port, Devices, count);

    /// <summary>Everything of the record is stored exactly once, and so is everything that was sent.</summary>
    public async Task AssertStoredOnceAsync(ILookup<string, int> record, int count)
    {
        foreach (FloodDevice device in Devices)
        {
            IReadOnlyList<JsonNode> readings = await Host.Api.ListAsync(
                $"devices/{device.Id}/telemetry/raw?metric=number&limit=10000"
            );
            List<int> stored = [.. readings.Select(reading => (int)reading["seq"]!)];
            List<int> lost = [.. record[device.Id].Except(stored)];
            Assert.True(
                lost.Count == 0,
                $"{lost.Count} messages of {device.Id} were acknowledged and are lost: {lost.FirstOrDefault()} to {lost.LastOrDefault()}."
            );
            Assert.Equal(Enumerable.Range(1, count), stored);
            Assert.All(
                readings,
                reading => Assert.Equal((int)reading["seq"]!, (int)reading["value"]!)
            );
        }
    }

    /// <summary>Each hot episode raised one alarm; the last is active; one case has them all.</summary>
    public async Task AssertAlarmsRaisedOnceAsync(int count)
    {
        foreach (FloodDevice device in Devices)
        {
            IReadOnlyList<JsonNode> alarms = await Host.Api.ListAsync(
                $"alarms?deviceId={device.Id}&limit=500"
            );
            Assert.Equal(count / (2 * Episode), alarms.Count);
            Assert.Single(alarms, alarm => alarm["clearedAt"] is null);
            JsonNode opened = Assert.Single(
                await Host.Api.ListAsync($"cases?deviceId={device.Id}")
            );
            Assert.Equal(
                alarms.Select(IdOf).Order(),
                opened["alarmIds"]!.AsArray().Select(id => (string)id!).Order()
            );
        }

        static string IdOf(JsonNode alarm) => (string)alarm["id"]!;
    }

    /// <summary>Every message that is no JSON is a dead letter, once.</summary>
    public async Task AssertDeadLettersOnceAsync(int count)
    {
        IReadOnlyList<JsonNode> letters = await Host.Api.ListAsync("dead-letters?limit=500");
        foreach (FloodDevice device in Devices)
        {
            IEnumerable<string> payloads = letters
                .Where(letter => (string?)letter["topic"] == $"devices/{device.Id}/events")
                .Select(PayloadOf);
            Assert.Equal(
                Enumerable
                    .Range(1, count)
                    .Select(number =>
                        string.Create(CultureInfo.InvariantCulture, $"not JSON, number {number}")
                    )
                    .Order(StringComparer.Ordinal),
                payloads.Order(StringComparer.Ordinal)
            );
        }

        static string PayloadOf(JsonNode letter) =>
            Encoding.UTF8.GetString(Convert.FromBase64String((string)letter["payload"]!));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _ownDirectory?.Dispose();
    }

    private async Task RegisterAsync(int devices)
    {
        await Host.Api.PutAsync(
            "models/boiler",
            """
            { "name": "Boiler", "metrics": { "temperature": { "unit": "Cel" } },
              "rules": [ { "type": "hot", "severity": "major", "when": "temperature > 80", "case": { "title": "{{device.name}} is hot" } } ] }
            """
        );
        await Host.Api.PutAsync("customers/c1", """{ "name": "Leyla" }""");
        List<FloodDevice> registered = [];
        for (int number = 1; number <= devices; number++)
        {
            string id = $"boiler-{number}";
            JsonNode device = await Host.Api.PutAsync(
                $"devices/{id}",
                """{ "model": "boiler", "customerId": "c1" }"""
            );
            registered.Add(new FloodDevice(id, (string)device["secret"]!));
        }
        Devices = registered;
    }
}
