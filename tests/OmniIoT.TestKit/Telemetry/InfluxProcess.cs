using System.Globalization;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.TestKit.Telemetry;

/// <summary>An InfluxDB 1.x as a process of this machine, on a free port, with its data in a temporary folder.</summary>
internal sealed class InfluxProcess : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly int _port = FreePort.Find();
    private LineProcess? _process;

    private InfluxProcess() => Url = new Uri($"http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}");

    public Uri Url { get; }

    /// <summary>Starts one, or skips the test where none is installed.</summary>
    public static async Task<InfluxProcess> StartAsync()
    {
        string program = InstalledProgram.Require("influxd");
        InfluxProcess started = new();
        try
        {
            string settings = Path.Combine(started._directory.Path, "influxdb.conf");
            await File.WriteAllTextAsync(settings, started.Settings());
            started._process = LineProcess.Start(program, "run", "-config", settings);
            await started._process.SeenAsync(
                line => line.Contains("Listening for signals", StringComparison.Ordinal),
                "InfluxDB that is ready"
            );
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _directory.Dispose();
    }

    private string Settings() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{FreePort.Find()}"
            [meta]
            dir = "{_directory.Path}/meta"
            [data]
            dir = "{_directory.Path}/data"
            wal-dir = "{_directory.Path}/wal"
            [monitor]
            store-enabled = false
            [http]
            bind-address = "127.0.0.1:{_port}"
            log-enabled = false
            """
        );
}
