using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Durability;

/// <summary>The devices of a flood, and what must be stored of it in the end, whichever process is asked.</summary>
internal sealed class FloodFleet
{
    /// <summary>Of the flood's readings, as many are cool and then hot in turn.</summary>
    public const int Episode = 50;

    private FloodFleet(IReadOnlyList<FloodDevice> devices) => Devices = devices;

    public IReadOnlyList<FloodDevice> Devices { get; }

    /// <param name="name">What the ids of the devices begin with.</param>
    public static async Task<FloodFleet> RegisterAsync(HttpClient api, int devices, string name = "boiler")
    {
        await api.PutAsync(
            "models/boiler",
            """
            { "name": "Boiler", "metrics": { "temperature": { "unit": "Cel" } },
              "rules": [ { "type": "hot", "severity": "major", "when": "temperature > 80", "case": { "title": "{{device.name}} is hot" } } ] }
            """
        );
        await api.PutAsync("customers/c1", """{ "name": "Leyla" }""");
        List<FloodDevice> registered = [];
        for (int number = 1; number <= devices; number++)
        {
            string id = $"{name}-{number}";
            JsonNode device = await api.PutAsync($"devices/{id}", """{ "model": "boiler", "customerId": "c1" }""");
            registered.Add(new FloodDevice(id, (string)device["secret"]!));
        }
        return new FloodFleet(registered);
    }

    /// <summary>Everything of the record is stored exactly once, and so is everything that was sent.</summary>
    public async Task AssertStoredOnceAsync(HttpClient api, ILookup<string, int> record, int count)
    {
        foreach (FloodDevice device in Devices)
        {
            IReadOnlyList<JsonNode> readings = await api.ListAsync($"devices/{device.Id}/telemetry/raw?metric=number&limit=10000");
            List<int> stored = [.. readings.Select(reading => (int)reading["seq"]!)];
            List<int> lost = [.. record[device.Id].Except(stored)];
            Assert.True(
                lost.Count == 0,
                $"{lost.Count} messages of {device.Id} were acknowledged and are lost: {lost.FirstOrDefault()} to {lost.LastOrDefault()}."
            );
            Assert.Equal(Enumerable.Range(1, count), stored);
            Assert.All(readings, reading => Assert.Equal((int)reading["seq"]!, (int)reading["value"]!));
        }
    }

    /// <summary>Each hot episode raised one alarm; the last is active; one case has them all.</summary>
    public async Task AssertAlarmsRaisedOnceAsync(HttpClient api, int count)
    {
        foreach (FloodDevice device in Devices)
        {
            IReadOnlyList<JsonNode> alarms = await api.ListAsync($"alarms?deviceId={device.Id}&limit=500");
            Assert.Equal(count / (2 * Episode), alarms.Count);
            Assert.Single(alarms, alarm => alarm["clearedAt"] is null);
            JsonNode opened = Assert.Single(await api.ListAsync($"cases?deviceId={device.Id}"));
            Assert.Equal(alarms.Select(IdOf).Order(), opened["alarmIds"]!.AsArray().Select(id => (string)id!).Order());
        }

        static string IdOf(JsonNode alarm) => (string)alarm["id"]!;
    }

    /// <summary>Every message that is no JSON is a dead letter, once.</summary>
    public async Task AssertDeadLettersOnceAsync(HttpClient api, int count)
    {
        IReadOnlyList<JsonNode> letters = await api.ListAsync("dead-letters?limit=500");
        foreach (FloodDevice device in Devices)
        {
            IEnumerable<string> payloads = letters
                .Where(letter => (string?)letter["topic"] == $"devices/{device.Id}/events")
                .Select(PayloadOf);
            Assert.Equal(
                Enumerable
                    .Range(1, count)
                    .Select(number => string.Create(CultureInfo.InvariantCulture, $"not JSON, number {number}"))
                    .Order(StringComparer.Ordinal),
                payloads.Order(StringComparer.Ordinal)
            );
        }

        static string PayloadOf(JsonNode letter) => Encoding.UTF8.GetString(Convert.FromBase64String((string)letter["payload"]!));
    }
}
