using System.Globalization;
using System.Net;
using System.Text.Json;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Durability;

/// <summary>How to flood.</summary>
/// <param name="Servers">That the devices share; a device whose connection breaks goes on to the next.</param>
internal sealed record FloodPlan(IReadOnlyList<IPEndPoint> Servers, IReadOnlyList<FloodDevice> Devices, int Count)
{
    /// <summary>Of a device: <c>telemetry</c> carries numbered readings, hot and cool in turn; another carries what is no JSON.</summary>
    public string Topic { get; init; } = "telemetry";

    public int Qos { get; init; } = 1;

    public int Window { get; init; } = 100;

    /// <summary>A server that is silent is given up after one to two of these.</summary>
    public int KeepAliveSeconds { get; init; } = 60;
}

internal sealed record FloodDevice(string Id, string Secret);

/// <summary>A Paho client that publishes as fast as it can and keeps its own record of what was acknowledged.</summary>
internal sealed class Flood : IAsyncDisposable
{
    private const string Progress = "acknowledged ";
    private const string Goodbye = "told ";

    private readonly TemporaryDirectory _directory = new();
    private readonly LineProcess _process;

    private Flood(FloodPlan plan, string python)
    {
        RecordPath = Path.Combine(_directory.Path, "record.txt");
        string settings = Path.Combine(_directory.Path, "flood.json");
        File.WriteAllText(
            settings,
            JsonSerializer.Serialize(
                new
                {
                    Servers = plan.Servers.Select(server => server.ToString()),
                    plan.KeepAliveSeconds,
                    plan.Qos,
                    plan.Window,
                    plan.Count,
                    plan.Topic,
                    Record = RecordPath,
                    plan.Devices,
                },
                JsonSerializerOptions.Web
            )
        );
        _process = LineProcess.Start(python, Path.Combine(AppContext.BaseDirectory, "Durability", "flood.py"), settings);
    }

    /// <summary>Messages acknowledged, as far as it has told.</summary>
    public int Acknowledged =>
        _process.Lines.LastOrDefault(line => line.StartsWith(Progress, StringComparison.Ordinal)) is { } line ? CountOf(line) : 0;

    /// <summary>Of the reasons that servers gave for their disconnecting (MQTT 5.0), in their order.</summary>
    public IReadOnlyList<int> Told =>
        [
            .. _process
                .Lines.Where(line => line.StartsWith(Goodbye, StringComparison.Ordinal))
                .Select(line => int.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture)),
        ];

    private string RecordPath { get; }

    /// <summary>Skips the test, or fails it, where Paho is not installed.</summary>
    public static Flood Start(FloodPlan plan) => new(plan, InstalledProgram.RequirePythonWithPaho());

    public Task ReachedAsync(int acknowledged) =>
        _process.SeenAsync(
            line => line.StartsWith(Progress, StringComparison.Ordinal) && CountOf(line) >= acknowledged,
            $"acknowledgement of {acknowledged} messages"
        );

    /// <summary>Its own record, once everything is acknowledged: the numbers of each device.</summary>
    public async Task<ILookup<string, int>> DoneAsync()
    {
        Assert.True(await _process.ExitAsync("the flood") == 0, string.Join('\n', _process.Lines.TakeLast(20)));
        return Record();
    }

    /// <summary>Its own record so far: the numbers of each device.</summary>
    public ILookup<string, int> Record() =>
        File.ReadLines(RecordPath)
            .Select(line => line.Split(' '))
            .ToLookup(parts => parts[0], parts => int.Parse(parts[1], CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _directory.Dispose();
    }

    private static int CountOf(string line) => int.Parse(line.AsSpan(Progress.Length), CultureInfo.InvariantCulture);
}
