using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using OmniIoT.Simulators;

namespace OmniIoT.Benchmarks;

/// <summary>A server of our own for one measurement, on free loopback ports with its data in a temporary folder.</summary>
internal sealed partial class ServerUnderLoad : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly string _folder;
    private readonly string[] _arguments;

    /// <summary>Another has it now, and deletes it.</summary>
    private bool _gaveFolderAway;

    private ServerUnderLoad(Process process, string folder, params string[] arguments) =>
        (_process, _folder, _arguments) = (process, folder, arguments);

    public int ProcessId => _process.Id;

    public int MqttPort { get; private init; }

    public int HttpPort { get; private init; }

    /// <param name="apiKey">The key that the host is to take.</param>
    /// <param name="settings">Further settings, as <c>--OmniIoT:…=…</c>.</param>
    public static async Task<ServerUnderLoad> StartHostAsync(string hostDll, string apiKey, params string[] settings)
    {
        string folder = Directory.CreateTempSubdirectory("omniiot-bench-").FullName;
        return await StartHostAsync(
            folder,
            [
                hostDll,
                "--OmniIoT:Http:Port=0",
                "--OmniIoT:Mqtt:Port=0",
                $"--OmniIoT:Data:Directory={folder}",
                $"--OmniIoT:Api:Key={apiKey}",
                .. settings,
            ]
        );
    }

    /// <summary>Stops the host as its supervisor would, and starts it again with its data, on other ports.</summary>
    public async Task<ServerUnderLoad> RestartAsync()
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync();
        _gaveFolderAway = true;
        return await StartHostAsync(_folder, _arguments);
    }

    private static async Task<ServerUnderLoad> StartHostAsync(string folder, string[] arguments)
    {
        (Process? process, Task<string>? said) = Start("dotnet", arguments, Listening());
        Match ports = Listening().Match(await said);
        return new ServerUnderLoad(process, folder, arguments)
        {
            HttpPort = int.Parse(ports.Groups[1].ValueSpan),
            MqttPort = int.Parse(ports.Groups[2].ValueSpan),
        };
    }

    /// <summary>Null where it is not installed.</summary>
    public static async Task<ServerUnderLoad?> TryStartMosquittoAsync()
    {
        if (FindMosquitto() is { } executable)
            return await StartMosquittoAsync(executable, FreePort());
        Console.WriteLine("mosquitto is not installed: no comparison.");
        return null;
    }

    private static async Task<ServerUnderLoad> StartMosquittoAsync(string executable, int port)
    {
        string folder = Directory.CreateTempSubdirectory("omniiot-bench-").FullName;
        string config = Path.Combine(folder, "mosquitto.conf");
        await File.WriteAllTextAsync(
            config,
            $"listener {port} 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 0\nlog_dest stderr\n"
        );
        (Process? process, Task<string>? said) = Start(executable, ["-c", config], Running());
        await said;
        return new ServerUnderLoad(process, folder) { MqttPort = port };
    }

    /// <summary>Where the host is found by devices and by users of its REST interface.</summary>
    public HostAddress Address(string apiKey) => new("127.0.0.1", MqttPort, new Uri($"http://127.0.0.1:{HttpPort}/"), apiKey);

    /// <param name="name">As <c>kill</c> takes it: KILL, STOP, TERM.</param>
    public async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (!_gaveFolderAway)
            Directory.Delete(_folder, recursive: true);
    }

    /// <summary>
    /// Starts a server; the task ends with the line of its output that says it is ready. All further output is read and dropped.
    /// </summary>
    private static (Process Process, Task<string> Said) Start(string executable, string[] arguments, Regex awaited)
    {
        TaskCompletionSource<string> said = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Process process = new()
        {
            StartInfo = new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        void Read(string? line)
        {
            if (line is not null && awaited.IsMatch(line))
                said.TrySetResult(line);
        }
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => said.TrySetException(new InvalidOperationException($"{executable} ended with {process.ExitCode}."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return (process, said.Task.WaitAsync(StartTimeout));
    }

    private static string? FindMosquitto() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, "mosquitto"))
            .FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"listening: http=(\d+) mqtt=(\d+)")]
    private static partial Regex Listening();

    [GeneratedRegex("mosquitto version .* running")]
    private static partial Regex Running();
}
