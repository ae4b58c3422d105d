using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace OmniIoT.TestKit.Hosting;

/// <summary>
/// The whole platform as a process of its own, on free ports and a data directory of its own; so that a test can also kill it.
/// </summary>
public sealed partial class HostProcess : IAsyncDisposable
{
    public const string ApiKey = "7f1c0e5a9b3d48626cf0a1e7d5b94c83e2f6170b8a4d59c3016e7d92b5f48ac0";

    private readonly TemporaryDirectory? _ownDirectory;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Match> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private readonly string _address;

    /// <param name="within">What the host is run by: a command that runs the one behind it.</param>
    private HostProcess(string? dataDirectory, string[] arguments, string address = "127.0.0.1", params string[] within)
    {
        _address = address;
        _ownDirectory = dataDirectory is null ? new TemporaryDirectory() : null;
        DataDirectory = dataDirectory ?? _ownDirectory!.Path;
        string[] command = [.. within, "dotnet", HostAssembly, .. Settings(), .. arguments];
        ProcessStartInfo start = ProcessSignals.Listening(command[0], command[1..]);
        start.WorkingDirectory = DataDirectory;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException("The host ended:\n" + Output));
    }

    public string DataDirectory { get; }

    public int ProcessId => _process.Id;

    public int HttpPort { get; private set; }

    public int MqttPort { get; private set; }

    /// <summary>Where other processes of its cluster reach it; null when it is in none.</summary>
    public int? SiloPort { get; private set; }

    /// <summary>Everything that it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>What it logged as an error so far; a scenario that expects none asserts that there is none.</summary>
    public IReadOnlyList<string> Errors =>
        [
            .. Output
                .Split('\n')
                .Where(line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal)),
        ];

    /// <summary>Holds that it logged none, and says all that it did.</summary>
    public void HasNoErrors() => Assert.True(Errors.Count == 0, string.Join(Environment.NewLine, Errors));

    /// <summary>With full rights; the base address is <c>/api/v1/</c>.</summary>
    public HttpClient Api { get; private set; } = new();

    /// <summary>Starts a host and returns once it listens.</summary>
    /// <param name="dataDirectory">Null: a new one, which goes with the host.</param>
    public static Task<HostProcess> StartAsync(string? dataDirectory = null, params string[] arguments) =>
        ListeningAsync(new HostProcess(dataDirectory, arguments));

    /// <summary>Starts a host on another machine, and returns once it listens at its address.</summary>
    public static Task<HostProcess> StartOnAsync(NetworkMachine machine, params string[] arguments) =>
        ListeningAsync(
            new HostProcess(
                null,
                ["--OmniIoT:Bind=0.0.0.0", .. arguments],
                machine.Address.ToString(),
                "ip",
                "netns",
                "exec",
                machine.Namespace
            )
        );

    /// <summary>Starts a host that may have so many files open, and returns once it listens.</summary>
    public static Task<HostProcess> StartWithFilesAsync(int mostOpen, params string[] arguments) =>
        ListeningAsync(new HostProcess(null, arguments, "127.0.0.1", [.. FilesLimit(mostOpen)]));

    /// <summary>Starts a host on a machine whose clock the test sets, and returns once it listens.</summary>
    public static Task<HostProcess> StartByClockAsync(SetClock clock) =>
        ListeningAsync(new HostProcess(null, [], "127.0.0.1", ["env", .. clock.Variables]));

    private static async Task<HostProcess> ListeningAsync(HostProcess host)
    {
        try
        {
            host.Launch();
            Match ports = await Awaited.Within(host._listening.Task, "line 'listening:' of the host");
            host.Connect(ports);
            return host;
        }
        catch (Exception error)
        {
            await host.DisposeAsync();
            throw new InvalidOperationException($"The host did not come up. It said: {host.Output}", error);
        }
    }

    /// <summary>Starts a host and does not wait for it: for what happens before it listens.</summary>
    public static HostProcess Begin(string dataDirectory)
    {
        HostProcess host = new(dataDirectory, []);
        host.Launch();
        return host;
    }

    /// <summary>Starts a host that is expected to refuse, and returns its exit code and what it said.</summary>
    public static Task<(int ExitCode, string Output)> StartToFailAsync(string? dataDirectory, params string[] arguments) =>
        FailedAsync(new HostProcess(dataDirectory, arguments));

    /// <summary>As <see cref="StartToFailAsync(string?, string[])"/>, for one that may have so many files open.</summary>
    public static Task<(int ExitCode, string Output)> StartToFailWithFilesAsync(int mostOpen) =>
        FailedAsync(new HostProcess(null, [], "127.0.0.1", [.. FilesLimit(mostOpen)]));

    /// <summary>SIGKILL: no chance to write anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager stops it, or SIGINT, as Ctrl-C does; returns the exit code.</summary>
    public async Task<int> StopAsync(PosixSignal signal = PosixSignal.SIGTERM)
    {
        await SignalAsync(signal);
        return await ExitAsync();
    }

    /// <summary>SIGTERM and SIGINT in turn until it has ended; returns the exit code.</summary>
    public async Task<int> StopImpatientlyAsync(PosixSignal first = PosixSignal.SIGTERM)
    {
        Task<int> end = ExitAsync();
        await _process.SignalUntilAsync(end, first);
        return await end;
    }

    public Task SignalAsync(PosixSignal signal) => _process.SignalAsync(signal);

    /// <summary>SIGSTOP: it hangs, and its connections stay.</summary>
    public Task HangAsync() => _process.HangAsync();

    /// <summary>SIGCONT: it goes on as if nothing had been.</summary>
    public Task GoOnAsync() => _process.GoOnAsync();

    /// <summary>Its exit code, once it has ended.</summary>
    public async Task<int> ExitAsync()
    {
        await Awaited.Within(_process.WaitForExitAsync(), "clean end of the host");
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning())
            await KillAsync();
        Api.Dispose();
        _process.Dispose();
        _ownDirectory?.Dispose();
    }

    private static async Task<(int ExitCode, string Output)> FailedAsync(HostProcess host)
    {
        await using (host)
        {
            host.Launch();
            await Awaited.Within(host._process.WaitForExitAsync(), "end of a host that must not start");
            return (host._process.ExitCode, host.Output);
        }
    }

    // Of util-linux; becomes the program that it is given.
    private static string[] FilesLimit(int mostOpen) => ["prlimit", string.Create(CultureInfo.InvariantCulture, $"--nofile={mostOpen}")];

    private static string HostAssembly { get; } = Repository.Program("cloud", "OmniIoT.Host");

    private string[] Settings() =>
        ["--OmniIoT:Http:Port=0", "--OmniIoT:Mqtt:Port=0", $"--OmniIoT:Data:Directory={DataDirectory}", $"--OmniIoT:Api:Key={ApiKey}"];

    private void Launch()
    {
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Connect(Match ports)
    {
        HttpPort = int.Parse(ports.Groups["http"].Value, CultureInfo.InvariantCulture);
        MqttPort = int.Parse(ports.Groups["mqtt"].Value, CultureInfo.InvariantCulture);
        if (ports.Groups["silo"] is { Success: true, Value: var silo })
            SiloPort = int.Parse(silo, CultureInfo.InvariantCulture);
        Api.BaseAddress = new Uri($"http://{_address}:{HttpPort}/api/v1/");
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        if (ListeningLine().Match(line) is { Success: true } match)
            _listening.TrySetResult(match);
    }

    private bool IsRunning()
    {
        try
        {
            return !_process.HasExited;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^listening: http=(?<http>\d+) mqtt=(?<mqtt>\d+)(?: silo=(?<silo>\d+))?")]
    private static partial Regex ListeningLine();
}
