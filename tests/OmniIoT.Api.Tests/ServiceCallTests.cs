using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests;

public sealed class ServiceCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly string Snapshot = Path.Combine(Repository.Root, "cloud", "OmniIoT.Api", "openapi.json");

    [Fact]
    public async Task A_host_that_can_work_says_that_it_is_ready()
    {
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/healthz")).Status);
        Assert.Equal(
            """{"status":"ok","parts":{"storage":"ok","telemetry":"ok","gateway":"ok","cluster":"ok","deliveries":"ok"},"reasons":{}}""",
            (await host.GetAsync("/readyz")).Text
        );
    }

    /// <summary>Set OMNIIOT_WRITE_SNAPSHOTS=1 to take what is served as the new snapshot.</summary>
    [Fact]
    public async Task The_description_is_the_one_that_was_agreed_on()
    {
        Answer served = await host.GetAsync("/openapi/v1.json");
        if (Environment.GetEnvironmentVariable("OMNIIOT_WRITE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(Snapshot, served.Text + "\n");

        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(await File.ReadAllTextAsync(Snapshot)), served.Json),
            "openapi.json differs from what is served."
        );
    }
}
