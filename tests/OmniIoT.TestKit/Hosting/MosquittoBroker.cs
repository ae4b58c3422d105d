using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace OmniIoT.TestKit.Hosting;

/// <summary>A real mosquitto on a free loopback port with a directory of its own; ended with the test that started it.</summary>
public sealed class MosquittoBroker : IAsyncDisposable
{
    private readonly string _executable = InstalledProgram.Require("mosquitto");
    private readonly string _publisher = InstalledProgram.Require("mosquitto_pub");
    private readonly string _subscriber = InstalledProgram.Require("mosquitto_sub");
    private readonly TemporaryDirectory _directory = new();
    private readonly string _configuration;
    private LineProcess? _process;
    private int _subscribers;

    private MosquittoBroker(string extraConfiguration, bool persistence)
    {
        _configuration = Path.Combine(_directory.Path, "mosquitto.conf");
        File.WriteAllText(
            _configuration,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                user root
                log_dest stderr
                log_type all
                persistence {(persistence ? "true" : "false")}
                persistence_location {_directory.Path}/
                listener {Port} 127.0.0.1
                {(extraConfiguration.Contains("allow_anonymous", StringComparison.Ordinal) ? "" : "allow_anonymous true")}
                {extraConfiguration.Replace("$DIR", _directory.Path, StringComparison.Ordinal)}
                """
            )
        );
    }

    public int Port { get; } = FreePort.Find();

    /// <summary>Skips the test where mosquitto and its clients are not installed; fails where they must be.</summary>
    /// <param name="extraConfiguration">Further lines; <c>$DIR</c> stands for its directory.</param>
    /// <param name="files">Written to its directory before it starts.</param>
    public static async Task<MosquittoBroker> StartAsync(
        string extraConfiguration = "",
        bool persistence = false,
        IReadOnlyDictionary<string, string>? files = null
    )
    {
        MosquittoBroker broker = new(extraConfiguration, persistence);
        foreach ((string name, string content) in files ?? new Dictionary<string, string>())
            await File.WriteAllTextAsync(Path.Combine(broker._directory.Path, name), content);
        await broker.StartAgainAsync();
        return broker;
    }

    public async Task StartAgainAsync()
    {
        _process = LineProcess.Start(_executable, "-c", _configuration);
        await _process.SeenAsync(line => line.EndsWith("running", StringComparison.Ordinal), "mosquitto that runs");
    }

    /// <summary>Ends it the polite way, so that it writes its sessions down.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
            return;
        await _process.StopAsync("mosquitto");
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>
    /// mosquitto's own subscriber, subscribed with QoS 1 when this returns. A message is a line of <c>|</c>, topic, blank and payload.
    /// </summary>
    public async Task<LineProcess> SubscribeAsync(string filter)
    {
        string id = $"subscriber-{++_subscribers}";
        LineProcess subscriber = LineProcess.Start(
            _subscriber,
            "-h",
            "127.0.0.1",
            "-p",
            $"{Port}",
            "-i",
            id,
            "-q",
            "1",
            "-F",
            MosquittoSubscription.Format,
            "-t",
            filter
        );
        await _process!.SeenAsync(line => line.EndsWith($"Sending SUBACK to {id}", StringComparison.Ordinal), $"subscription to {filter}");
        return subscriber;
    }

    /// <summary>Publishes with QoS 1; acknowledged when this returns.</summary>
    public async Task PublishAsync(string topic, string payload, bool retain = false)
    {
        string[] arguments = ["-h", "127.0.0.1", "-p", $"{Port}", "-q", "1", "-t", topic, "-m", payload];
        using Process process = Process.Start(_publisher, retain ? [.. arguments, "-r"] : arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }
}
