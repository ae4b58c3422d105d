using System.IO.Compression;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Upgrade;

/// <summary>
/// A data directory that the platform before grains wrote opens with everything in it. <c>before-grains.zip</c> was made by that build,
/// over its REST interface and with mosquitto's clients: a customer with a damp cold room that grows warm, a command that waits in the
/// kept session <c>keeper</c>, and a note.
/// </summary>
public sealed class DataDirectoryTests
{
    /// <summary>Of the device in the directory; it opens nothing else.</summary>
    private const string Secret = "zFd-VXsADRr1yJKltNHj8Q4-feAuUSaSKL2L_fAZbUw";

    [Fact]
    public async Task A_directory_from_before_grains_opens_with_everything_in_it()
    {
        using TemporaryDirectory directory = new();
        await ZipFile.ExtractToDirectoryAsync(Path.Combine(AppContext.BaseDirectory, "Upgrade", "before-grains.zip"), directory.Path);
        await using HostProcess host = await HostProcess.StartAsync(directory.Path);

        await AssertAlarmAndCaseAsync(host.Api);
        await AssertPeopleAndPlacesAsync(host.Api);
        await AssertWhatWaitedArrivesAsync(host);
        await AssertDurationRanOnAsync(host);
        Assert.Empty(host.Errors);
    }

    private static async Task AssertAlarmAndCaseAsync(HttpClient api)
    {
        JsonNode twin = await api.ReadAsync("devices/cold-7/twin");
        Assert.Equal((9.0, 95.0), ((double)twin["values"]!["temperature"]!["value"]!, (double)twin["values"]!["humidity"]!["value"]!));
        Assert.Equal(4, (int)twin["desired"]!["setpoint"]!);
        JsonNode damp = (await api.ListAsync("alarms?deviceId=cold-7")).Single(alarm => (string?)alarm["type"] == "damp");
        Assert.Equal("active", (string?)damp["state"]);
        JsonNode opened = (await api.ListAsync("cases?deviceId=cold-7")).Single(found => (int)found["number"]! == 1);
        Assert.Equal(
            ("Cold 7 is damp", "open", (string?)damp["caseId"]),
            ((string?)opened["title"], (string?)opened["status"], (string?)opened["id"])
        );
        JsonNode readings = await api.ReadAsync("devices/cold-7/telemetry?metric=humidity&points=10");
        Assert.Equal((1, 95.0), ((int)Assert.Single(readings["points"]!.AsArray())!["count"]!, (double)readings["points"]![0]!["max"]!));
    }

    private static async Task AssertPeopleAndPlacesAsync(HttpClient api)
    {
        Assert.Equal("ann@example.com", (string?)(await api.ReadAsync("customers/ann"))["identities"]![0]!["value"]);
        Assert.Contains(await api.ListAsync("customers/ann/timeline"), entry => (string?)entry["text"] == "called before the upgrade");
        Assert.Equal("north", (string?)(await api.ReadAsync("fences/door"))["siteId"]);
    }

    /// <summary>The rule's ten minutes began before and are over: one more warm reading, and it has been warm for all that time.</summary>
    private static async Task AssertDurationRanOnAsync(HostProcess host)
    {
        await new MosquittoClient(host.MqttPort, "cold-7", Secret).PublishAsync(
            "devices/cold-7/telemetry",
            """{ "values": { "temperature": 9 } }"""
        );
        JsonNode warm = (await host.Api.ListAsync("alarms?deviceId=cold-7")).Single(alarm => (string?)alarm["type"] == "warm");
        Assert.StartsWith("2026-11-29T19:11:18", (string?)warm["firstSymptomAt"], StringComparison.Ordinal);
    }

    private static async Task AssertWhatWaitedArrivesAsync(HostProcess host)
    {
        MosquittoClient device = new(host.MqttPort, "cold-7", Secret);
        await using (MosquittoSubscription back = await device.SubscribeAsync("devices/cold-7/commands/#", "keeper"))
        {
            MosquittoMessage request = Assert.Single(await back.ReceivedAsync(1, "the command that waited"));
            Assert.Equal("defrost", (string?)request.Payload["name"]);
            await host.Api.SeenAsync(
                "devices/cold-7/commands",
                list => (string?)list["items"]![0]!["status"] == "delivered",
                "delivery of the command"
            );
            Assert.Single(back.Messages);
        }
        await using MosquittoSubscription state = await device.SubscribeAsync("devices/cold-7/state");
        Assert.Equal("closed", (string?)Assert.Single(await state.ReceivedAsync(1, "what was retained")).Payload["door"]);
    }
}
