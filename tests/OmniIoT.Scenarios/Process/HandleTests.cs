using System.Net;
using System.Net.Sockets;
using System.Text;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Process;

/// <summary>Whoever opens connections takes none of the files that storage and the process itself need.</summary>
public sealed class HandleTests
{
    private const int MostOpen = 400;
    private const int Silent = 300;

    [Theory, InlineData(true), InlineData(false)]
    public async Task Silent_connections_beyond_the_limit_of_open_files_end_nothing(bool areMqtt)
    {
        await using HostProcess host = await HostProcess.StartWithFilesAsync(MostOpen);
        await host.Api.PutAsync("models/m1", """{ "metrics": { "temperature": {} } }""");
        string secret = (string)(await host.Api.PutAsync("devices/d1", """{ "model": "m1" }"""))["secret"]!;

        List<Socket> silent = await ConnectAsync(areMqtt ? host.MqttPort : host.HttpPort);
        // What is left is served: the side that is full refuses, and what it has taken is stored.
        if (areMqtt)
            await host.Api.PutAsync("sites/s1", """{ "name": "Stored meanwhile" }""");
        else
            await PublishAsync(host, secret);
        silent.ForEach(socket => socket.Dispose());

        await Awaited.Seen(async () => await IsPublishedAsync(host, secret) ? host : null, "place for a device");
        await Awaited.Seen(async () => await IsReadyAsync(host) ? host : null, "readiness");
        Assert.Empty(host.Errors);
        Assert.Equal(0, await host.StopAsync());
        Assert.DoesNotContain("Out of memory", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_few_files_to_work_with_are_said_at_the_start()
    {
        (int exitCode, string output) = await HostProcess.StartToFailWithFilesAsync(300);

        Assert.Equal(2, exitCode);
        Assert.Equal(
            "The limit of open files (ulimit -n) is '300'; allowed is 344 or more: 280 are for storage and the process itself.",
            output.Trim()
        );
    }

    private static async Task<List<Socket>> ConnectAsync(int port)
    {
        List<Socket> sockets = [];
        for (int i = 0; i < Silent; i++)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            sockets.Add(socket);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        }
        return sockets;
    }

    private static async Task<bool> IsPublishedAsync(HostProcess host, string secret)
    {
        try
        {
            await PublishAsync(host, secret);
            return true;
        }
        catch (MqttClientException)
        {
            return false; // The ends of the silent ones are on their way.
        }
    }

    private static async Task PublishAsync(HostProcess host, string secret)
    {
        MqttClientOptions options = new()
        {
            Host = "127.0.0.1",
            Port = host.MqttPort,
            UserName = "d1",
            Password = Encoding.UTF8.GetBytes(secret),
            Reconnect = true,
        };
        await using MqttClient client = new(options, TimeProvider.System, new Random(1));
        await Awaited.Within(client.ConnectAsync(), "MQTT connection");
        await Awaited.Within(
            client.PublishAsync("devices/d1/telemetry", """{"temperature":20}"""u8.ToArray(), QualityOfService.AtLeastOnce),
            "acknowledgement"
        );
    }

    private static async Task<bool> IsReadyAsync(HostProcess host)
    {
        try
        {
            return await host.Api.StatusAsync(HttpMethod.Get, "/readyz") == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // The ends of the silent ones are on their way.
        }
    }
}
