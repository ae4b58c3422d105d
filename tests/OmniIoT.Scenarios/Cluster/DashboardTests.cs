using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>Orleans' dashboard where some of the processes serve it, as during a restart of one after the other.</summary>
public sealed class DashboardTests
{
    [Fact]
    public async Task Each_process_that_serves_it_shows_all_processes()
    {
        using PostgresServer server = await PostgresServer.StartAsync();
        string database = server.CreateDatabase();
        await using HostProcess without = await JoinAsync(database, dashboard: false);
        await using HostProcess first = await JoinAsync(database, dashboard: true);
        await using HostProcess second = await JoinAsync(database, dashboard: true);

        foreach (HostProcess host in new[] { first, second })
        {
            JsonArray shown = await Awaited.Seen(() => ActiveAsync(host, 3), "three processes on the dashboard");
            Assert.Equal(3, shown.Count);
            Assert.Empty(host.Errors);
        }
    }

    /// <summary>Null while it shows another number.</summary>
    private static async Task<JsonArray?> ActiveAsync(HostProcess host, int count)
    {
        using HttpClient browser = new() { BaseAddress = new Uri($"http://127.0.0.1:{host.HttpPort}/orleans/") };
        browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"key:{HostProcess.ApiKey}"))
        );
        JsonNode counters = await browser.ReadAsync("DashboardCounters");
        JsonArray hosts = counters["hosts"]!.AsArray();
        return hosts.Count(process => (string?)process!["status"] == "Active") == count ? hosts : null;
    }

    private static Task<HostProcess> JoinAsync(string database, bool dashboard) =>
        HostProcess.StartAsync(
            null,
            $"--OmniIoT:Cluster:Postgres={database}",
            $"--OmniIoT:Cluster:Key={Convert.ToBase64String(new byte[32])}",
            "--OmniIoT:Cluster:SiloPort=0",
            $"--OmniIoT:Cluster:Dashboard={dashboard}"
        );
}
