using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OmniIoT.Mqtt.Client;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Containers.Tests.Compose;

/// <summary><c>docker-compose.cluster.yml</c>: three processes behind the balancer, on PostgreSQL and InfluxDB.</summary>
[Collection(nameof(Compositions))]
public sealed class ClusterTests(ClusterComposition cluster)
{
    [Fact]
    public async Task The_three_processes_are_known_by_the_addresses_that_the_file_gives_them()
    {
        Composition composition = await cluster.WholeAsync();

        JsonNode seen = await composition.Api.ReadAsync("cluster");

        Assert.Equal(
            ["172.30.80.11:11111", "172.30.80.12:11111", "172.30.80.13:11111"],
            ClusterComposition.Active(seen).Select(process => (string)process["address"]!).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task What_a_device_reports_through_the_balancer_is_in_its_twin_and_in_InfluxDB()
    {
        Composition composition = await cluster.WholeAsync();
        Lamp lamp = await Lamp.RegisterAsync(composition, "lamp-of-influx");

        await lamp.ReportOnceAsync(21.5);

        await lamp.SeenAsync(21.5);
        using HttpClient influx = new() { BaseAddress = await composition.AddressAsync("influxdb", 8086) };
        influx.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", Composition.InfluxToken);
        string query = "query?db=telemetry&q=" + Uri.EscapeDataString("SELECT number FROM telemetry WHERE device = 'lamp-of-influx'");
        JsonNode found = await influx.SeenAsync(query, answer => answer["results"]![0]!["series"] is not null, "reading in InfluxDB");
        Assert.Equal(21.5, (double)found["results"]![0]!["series"]![0]!["values"]![0]![1]!);
    }

    [Fact]
    public async Task The_platform_sees_the_address_of_the_client_and_not_the_balancers()
    {
        Composition composition = await cluster.WholeAsync();
        Lamp lamp = await Lamp.RegisterAsync(composition, "lamp-of-a-stranger");

        await Assert.ThrowsAsync<MqttClientException>(() => lamp.ConnectAsync(wrongSecret: "guessed"));

        // What connects to a published port comes from the gateway of the balancer's network.
        string client = await composition.InspectAsync("balancer", "{{range .NetworkSettings.Networks}}{{.Gateway}}{{end}}");
        await Awaited.Seen(
            async () =>
                await composition.RunAsync("logs", "--no-color") is var logs
                && logs.Contains($"MQTT sign-in refused for 'lamp-of-a-stranger' from {client}: wrong secret.", StringComparison.Ordinal)
                    ? logs
                    : null,
            $"refused sign-in from {client}"
        );
    }

    [Fact]
    public async Task A_device_whose_process_is_killed_is_served_by_another()
    {
        Composition composition = await cluster.WholeAsync();
        Lamp lamp = await Lamp.RegisterAsync(composition, "lamp-of-the-lost");
        await using MqttClient client = await lamp.ConnectAsync();
        await lamp.ReportAsync(client, 21.5);
        JsonNode seen = await composition.SeenAsync("cluster", now => Serving(now).Any(), "process that serves the device");
        string address = (string)Serving(seen).Single()["address"]!;

        // 172.30.80.11 is omniiot-1.
        string service = "omniiot-" + address[address.LastIndexOf('.') + 2];
        await composition.RunAsync("kill", service);
        await lamp.ReportAsync(client, 22.5);

        await lamp.SeenAsync(22.5);
        JsonNode after = await composition.SeenAsync("cluster", now => Serving(now).Any(), "another process that serves the device");
        Assert.NotEqual(address, (string)Serving(after).Single()["address"]!);
        await composition.RunAsync("start", service);
        await composition.SeenAsync("cluster", now => ClusterComposition.Active(now).Count == 3, "cluster of three again");
    }

    private static IEnumerable<JsonNode> Serving(JsonNode seen) =>
        ClusterComposition.Active(seen).Where(process => (int)process["connections"]! > 0);
}
