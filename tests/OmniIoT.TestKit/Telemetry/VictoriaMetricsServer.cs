using System.Globalization;
using System.Text.Json;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.TestKit.Telemetry;

/// <summary>A series as exported: its labels, and its values by epoch milliseconds.</summary>
public sealed record ExportedSeries(Dictionary<string, string> Metric, double[] Values, long[] Timestamps);

/// <summary>
/// A VictoriaMetrics of its own on a free port of this machine, with its data in a temporary folder: it takes InfluxDB's writes.
/// </summary>
public sealed class VictoriaMetricsServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _http = new();
    private readonly int _port = FreePort.Find();
    private LineProcess? _process;

    private VictoriaMetricsServer() => Url = new Uri($"http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}");

    public Uri Url { get; }

    /// <summary>Starts one, or skips the test where none is installed.</summary>
    public static async Task<VictoriaMetricsServer> StartAsync()
    {
        string program = InstalledProgram.Require("victoria-metrics");
        VictoriaMetricsServer server = new();
        try
        {
            server._process = LineProcess.Start(
                program,
                $"-httpListenAddr={server.Url.Authority}",
                $"-storageDataPath={server._directory.Path}",
                "-retentionPeriod=100y"
            );
            await server._process.SeenAsync(
                line => line.Contains("started VictoriaMetrics", StringComparison.Ordinal),
                "VictoriaMetrics that is ready"
            );
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>All that was written and matches a selector.</summary>
    public async Task<IReadOnlyList<ExportedSeries>> ExportAsync(string selector)
    {
        // What came a moment ago is not searched before it is flushed.
        await _http.GetStringAsync(new Uri(Url, "internal/force_flush"));
        string lines = await _http.GetStringAsync(new Uri(Url, $"api/v1/export?match[]={Uri.EscapeDataString(selector)}"));
        return
        [
            .. lines
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<ExportedSeries>(line, JsonSerializerOptions.Web)!),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _http.Dispose();
        _directory.Dispose();
    }
}
