using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Gateway.Tests.Clients;

/// <summary>Clients that others wrote, in both versions and every QoS.</summary>
public sealed class RealClientTests
{
    public static TheoryData<string, int> Libraries =>
        new()
        {
            { "MQTT.js", 4 },
            { "MQTT.js", 5 },
            { "Paho C", 4 },
            { "Paho C", 5 },
        };

    [Theory, MemberData(nameof(Libraries))]
    public async Task Messages_of_every_QoS_and_a_retained_one_arrive(string name, int version)
    {
        RealClient client = await RealClient.RequireAsync(name);
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();

        Assert.Equal("received m0:0 m1:1 m2:2 retained kept:1", await client.RunAsync(host.Port, version, "exchange"));
    }

    [Theory, MemberData(nameof(Libraries))]
    public async Task The_will_of_a_broken_connection_arrives(string name, int version)
    {
        RealClient client = await RealClient.RequireAsync(name);
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();

        Assert.StartsWith("will gone", await client.RunAsync(host.Port, version, "will"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mosquitto", "received one:1\nreceived two:2")]
    [InlineData("Paho Python", "present 1 received one:1 two:2")]
    [InlineData("Paho C", "received one:1 two:2")]
    [InlineData("MQTT.js", "present 1 received one:1 two:2")]
    public async Task A_kept_session_gets_its_messages_after_the_host_was_killed(string name, string expected)
    {
        RealClient client = await RealClient.RequireAsync(name);
        using TemporaryDirectory data = new();
        foreach (int version in (int[])[4, 5])
        {
            await using (HostProcess host = await HostProcess.StartAsync(data.Path, "--OmniIoT:Mqtt:AllowAnonymous=true"))
            {
                await client.RunAsync(host.MqttPort, version, "leave");
                await client.RunAsync(host.MqttPort, version, "publish");
                await host.KillAsync();
            }
            await using HostProcess restarted = await HostProcess.StartAsync(data.Path, "--OmniIoT:Mqtt:AllowAnonymous=true");

            Assert.Equal(expected, await client.RunAsync(restarted.MqttPort, version, "return"));
        }
    }
}
