using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OmniIoT.Edge.Tests;

/// <summary>A mosquitto of our own on a free loopback port.</summary>
internal sealed class MosquittoBroker : IAsyncDisposable
{
    private const string Server = "mosquitto";
    private readonly string _folder = Directory
        .CreateTempSubdirectory("omniiot-mosquitto-")
        .FullName;
    private readonly LineProcess _process;
    private int _subscribers;

    private MosquittoBroker(string executable)
    {
        Port = FreePort();
        var config = Path.Combine(_folder, "mosquitto.conf");
        File.WriteAllText(
            config,
            $"listener {Port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nlog_dest stderr\nlog_type all\n"
        );
        _process = new LineProcess(executable, "-c", config);
    }

    public int Port { get; }

    /// <summary>Skips the test where mosquitto and its clients are not installed; fails where they must be.</summary>
    public static async Task<MosquittoBroker> StartAsync()
    {
        var executable = Find(Server);
        if (executable is null || Find("mosquitto_sub") is null || Find("mosquitto_pub") is null)
        {
            Assert.False(
                Environment.GetEnvironmentVariable("OMNIIOT_REQUIRE_SERVERS") == "1",
                "mosquitto and its clients are required but not installed."
            );
            Assert.Skip("mosquitto or its clients are not installed.");
        }
        var broker = new MosquittoBroker(executable!);
        await broker._process.WaitForAsync(
            line => line.Contains("running", StringComparison.Ordinal),
            "mosquitto to run"
        );
        return broker;
    }

    /// <summary>mosquitto's own subscriber, subscribed when this returns.</summary>
    public async Task<LineProcess> SubscribeAsync(string filter)
    {
        var id = $"subscriber-{++_subscribers}";
        var subscriber = new LineProcess(
            Find("mosquitto_sub")!,
            "-h",
            "127.0.0.1",
            "-p",
            $"{Port}",
            "-i",
            id,
            "-q",
            "1",
            "-F",
            "|%t %p",
            "-t",
            filter
        );
        await _process.WaitForAsync(
            line => line.EndsWith($"Sending SUBACK to {id}", StringComparison.Ordinal),
            $"the subscription to {filter}"
        );
        return subscriber;
    }

    public async Task PublishAsync(string topic, string payload, bool retain = false)
    {
        string[] arguments =
        [
            "-h",
            "127.0.0.1",
            "-p",
            $"{Port}",
            "-q",
            "1",
            "-t",
            topic,
            "-m",
            payload,
        ];
        using var process = Process.Start(
            Find("mosquitto_pub")!,
            retain ? [.. arguments, "-r"] : arguments
        );
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
