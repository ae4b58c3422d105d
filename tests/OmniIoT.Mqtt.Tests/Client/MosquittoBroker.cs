using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OmniIoT.Mqtt.Tests;

/// <summary>A real mosquitto on a free loopback port with a directory of its own; ended with the test that started it.</summary>
internal sealed class MosquittoBroker : IAsyncDisposable
{
    private const string Executable = "/usr/sbin/mosquitto";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mosquitto-");
    private readonly string _configuration;
    private Process? _process;

    private MosquittoBroker(string extraConfiguration, bool persistence)
    {
        Port = FreePort();
        _configuration = Path.Combine(_directory.FullName, "mosquitto.conf");
        File.WriteAllText(
            _configuration,
            $"""
            user root
            log_dest stderr
            log_type all
            persistence {(persistence ? "true" : "false")}
            persistence_location {_directory.FullName}/
            listener {Port} 127.0.0.1
            {(
                extraConfiguration.Contains("allow_anonymous", StringComparison.Ordinal)
                    ? ""
                    : "allow_anonymous true"
            )}
            {extraConfiguration.Replace("$DIR", _directory.FullName, StringComparison.Ordinal)}
            """
        );
    }

    public int Port { get; }

    public static async Task<MosquittoBroker> StartAsync(
        string extraConfiguration = "",
        bool persistence = false,
        IReadOnlyDictionary<string, string>? files = null
    )
    {
        SkipWhereMissing();
        var broker = new MosquittoBroker(extraConfiguration, persistence);
        foreach (var (name, content) in files ?? new Dictionary<string, string>())
            await File.WriteAllTextAsync(Path.Combine(broker._directory.FullName, name), content);
        await broker.StartAgainAsync();
        return broker;
    }

    public async Task StartAgainAsync()
    {
        var running = new TaskCompletionSource();
        var log = new List<string>();
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(Executable, ["-c", _configuration])
            {
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (log)
                log.Add(line.Data ?? "(end)");
            if (line.Data is null)
                running.TrySetException(new InvalidOperationException("mosquitto ended."));
            else if (line.Data.EndsWith("running", StringComparison.Ordinal))
                running.TrySetResult();
        };
        _process.Start();
        _process.BeginErrorReadLine();
        try
        {
            await running.Task.WaitAsync(Patience);
        }
        catch (Exception error)
        {
            lock (log)
                throw new InvalidOperationException(
                    $"mosquitto does not run:\n{string.Join('\n', log)}",
                    error
                );
        }
    }

    /// <summary>Ends it the polite way, so that it writes its sessions down.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        using (
            var kill = Process.Start(
                "kill",
                ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]
            )
        )
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Delete(recursive: true);
    }

    private static void SkipWhereMissing()
    {
        if (File.Exists(Executable))
            return;
        if (Environment.GetEnvironmentVariable("OMNIIOT_REQUIRE_SERVERS") == "1")
            Assert.Fail($"{Executable} is missing.");
        Assert.Skip($"{Executable} is missing.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
