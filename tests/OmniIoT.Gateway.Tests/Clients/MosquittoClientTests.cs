using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Tests.Clients;

public sealed class MosquittoClientTests
{
    private const string Publisher = "/usr/bin/mosquitto_pub";
    private const string Subscriber = "/usr/bin/mosquitto_sub";

    [Theory]
    [InlineData("mqttv311", 0), InlineData("mqttv311", 1), InlineData("mqttv311", 2)]
    [InlineData("mqttv5", 0), InlineData("mqttv5", 1), InlineData("mqttv5", 2)]
    public async Task Messages_go_from_publisher_to_subscriber(string version, int qos)
    {
        ExternalProgram.Require(Subscriber, "mosquitto-clients");
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using RunningProgram subscriber = ExternalProgram.Start(
            Subscriber,
            [.. Device(host, version, qos), "-t", "devices/press-7/#", "-i", "sub", "-F", "%t %q %p", "-C", "1"]
        );
        await host.Ingress.NextAsync<DownlinksWanted>();

        await ExternalProgram.RunAsync(
            Publisher,
            [.. Device(host, version, qos), "-t", "devices/press-7/telemetry", "-i", "pub", "-m", "{\"on\":true}"]
        );

        Assert.Equal($"devices/press-7/telemetry {qos} {{\"on\":true}}", (await subscriber.OutputAsync()).Trim());
        Assert.Equal(qos, Assert.Single(host.Ingress.Messages).Qos);
    }

    [Theory, InlineData("mqttv311"), InlineData("mqttv5")]
    public async Task A_retained_message_waits_for_its_subscriber(string version)
    {
        ExternalProgram.Require(Subscriber, "mosquitto-clients");
        await using GatewayHost host = await GatewayHost.StartAsync();
        await ExternalProgram.RunAsync(Publisher, [.. Device(host, version, 1), "-t", "devices/press-7/state", "-m", "kept", "-r"]);

        string output = await ExternalProgram.RunAsync(
            Subscriber,
            [.. Device(host, version, 1), "-t", "devices/press-7/+", "-F", "%r %p", "-C", "1"]
        );

        Assert.Equal("1 kept", output.Trim());
    }

    [Theory, InlineData("mqttv311"), InlineData("mqttv5")]
    public async Task A_wrong_secret_is_refused(string version)
    {
        ExternalProgram.Require(Publisher, "mosquitto-clients");
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using RunningProgram publisher = ExternalProgram.Start(
            Publisher,
            "-V",
            version,
            "-p",
            $"{host.Port}",
            "-u",
            "press-7",
            "-P",
            "wrong",
            "-t",
            "devices/press-7/x",
            "-m",
            "x"
        );
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => publisher.OutputAsync());
    }

    [Fact]
    public async Task Many_messages_arrive_whole_and_in_order()
    {
        ExternalProgram.Require(Publisher, "mosquitto-clients");
        await using GatewayHost host = await GatewayHost.StartAsync();
        string file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, 3000).Select(i => $"{i}"));

        string command = $"{Publisher} {string.Join(' ', Device(host, "mqttv311", 1))} -t devices/press-7/telemetry -l < {file}";
        await ExternalProgram.RunAsync("/bin/sh", "-c", command);
        File.Delete(file);

        Assert.Equal(
            Enumerable.Range(0, 3000).Select(i => $"{i}"),
            host.Ingress.Messages.Select(message => System.Text.Encoding.UTF8.GetString(message.Payload))
        );
    }

    private static string[] Device(GatewayHost host, string version, int qos) =>
        ["-V", version, "-p", $"{host.Port}", "-u", "press-7", "-P", "s3cret", "-q", $"{qos}"];
}
