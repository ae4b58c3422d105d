using System.Diagnostics;
using System.Net;
using OmniIoT.Edge.Local;
using OmniIoT.Mqtt.Topics;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Edge.Tests;

/// <summary>Devices beside the agent: mosquitto's own publisher against its listener.</summary>
public sealed class LocalListenerTests : IDisposable
{
    private readonly RecordingLogger _log = new();
    private readonly QueueUnderTest _queue;
    private readonly int _port = FreePort.Find();

    public LocalListenerTests() => _queue = new QueueUnderTest(TimeProvider.System, _log);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task What_a_device_publishes_is_a_reading_by_its_mapping()
    {
        await using Running listener = await StartAsync();

        await PublishAsync("kitchen/climate", """{"t":21.5,"air":{"h":48}}""");
        await PublishAsync("kitchen/door", "ON");
        await PublishAsync("plug/7/power", "12.5");
        await PublishAsync("unknown", "1");
        await PublishAsync("kitchen/climate", "no JSON");
        await PublishAsync("plug/7/power", "NaN");

        Assert.Equal(["""{"room":21.5,"damp":48}""", """{"door":true}""", """{"power":12.5}"""], _queue.Values);
    }

    [Fact]
    public async Task Nothing_is_handed_on_between_devices()
    {
        await using Running listener = await StartAsync();

        (int code, string said) = await RunAsync("mosquitto_sub", "-p", $"{_port}", "-V", "5", "-t", "#", "-E");

        Assert.Equal(0, code);
        Assert.Contains("denied", said, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Who_has_no_password_publishes_nothing()
    {
        await using Running listener = await StartAsync("plant", "right");

        (int code, string _) = await RunAsync("mosquitto_pub", "-p", $"{_port}", "-q", "1", "-t", "kitchen/door", "-m", "on");
        Assert.NotEqual(0, code);
        (code, _) = await RunAsync("mosquitto_pub", [.. Message("kitchen/door", "on"), "-u", "plant", "-P", "wrong"]);
        Assert.NotEqual(0, code);
        (code, _) = await RunAsync("mosquitto_pub", [.. Message("kitchen/door", "on"), "-u", "plant", "-P", "right"]);
        Assert.Equal(0, code);

        Assert.Equal(["""{"door":true}"""], _queue.Values);
    }

    private async Task<Running> StartAsync(string? user = null, string? password = null)
    {
        LocalMapping[] map =
        [
            new(TopicFilter.Parse("kitchen/climate"), ["t"], "room", 0),
            new(TopicFilter.Parse("kitchen/climate"), ["air", "h"], "damp", 0),
            new(TopicFilter.Parse("kitchen/door"), [], "door", 0),
            new(TopicFilter.Parse("plug/+/power"), [], "power", 0),
        ];
        LocalOptions options = new()
        {
            Listen = new IPEndPoint(IPAddress.Loopback, _port),
            Map = map,
            User = user,
            Password = password,
        };
        LocalListener listener = new(options, new LocalReadings(map, _queue.Sink, TimeProvider.System), TimeProvider.System, _log);
        Running running = new(listener);
        await running.Listening.WaitAsync(TimeSpan.FromSeconds(30));
        return running;
    }

    private async Task PublishAsync(string topic, string payload)
    {
        (int code, string error) = await RunAsync("mosquitto_pub", Message(topic, payload));
        Assert.True(code == 0, error);
    }

    private string[] Message(string topic, string payload) => ["-p", $"{_port}", "-q", "1", "-t", topic, "-m", payload];

    private static async Task<(int Code, string Error)> RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(InstalledProgram.Require(program), ["-h", "127.0.0.1", "-i", "plug-7", .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string error = await process.StandardError.ReadToEndAsync() + await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _run;

        public Running(LocalListener listener) => (Listening, _run) = (listener.Listening, listener.RunAsync(_stop.Token));

        public Task Listening { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run;
            _stop.Dispose();
        }
    }
}
