using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.TestKit.Cluster;

/// <summary>A server as a process of this machine, on a free port, with its data in a temporary folder.</summary>
internal sealed class PostgresProcess : IPostgresRun
{
    /// <summary>The server refuses to run as root; Debian's package brings this user.</summary>
    private const string Account = "postgres";

    private readonly TemporaryDirectory _directory = new();
    private readonly string _programs;
    private readonly string[] _settings;
    private LineProcess? _process;

    private PostgresProcess(string programs, string[] settings) => (_programs, _settings) = (programs, settings);

    public int Port { get; } = FreePort.Find();

    /// <summary>An empty one, not yet started; skips the test where PostgreSQL is not installed.</summary>
    public static async Task<IPostgresRun> PrepareAsync(string[] settings)
    {
        PostgresProcess prepared = new(InstalledProgram.RequirePostgres(), settings);
        try
        {
            await prepared.InitializeAsync();
            return prepared;
        }
        catch
        {
            await prepared.DisposeAsync();
            throw;
        }
    }

    public async Task StartAsync()
    {
        string[] settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", .. _settings];
        string port = Port.ToString(CultureInfo.InvariantCulture);
        _process = Start("postgres", ["-D", Data, "-p", port, .. settings.SelectMany(setting => new[] { "-c", setting })]);
        await _process.SeenAsync(
            line => line.Contains("ready to accept connections", StringComparison.Ordinal),
            "database server that is ready"
        );
    }

    public Task CrashAsync() => _process!.StopAsync("the database server", PosixSignal.SIGQUIT);

    public Task KillAsync() => _process!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await CrashAsync();
        _directory.Dispose();
    }

    private string Data => Path.Combine(_directory.Path, "data");

    private async Task InitializeAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            using Process chown = Process.Start("chown", [Account, _directory.Path]);
            await chown.WaitForExitAsync();
        }
        await using LineProcess initialize = Start(
            "initdb",
            ["-D", Data, "-U", PostgresServer.User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        );
        int code = await initialize.ExitAsync("initdb");
        if (code != 0)
            throw new InvalidOperationException($"initdb ended with {code}: {string.Join('\n', initialize.Lines)}");
    }

    /// <summary>Runs a program in place of the one that changes the user, so that it is known by its own process id.</summary>
    private LineProcess Start(string program, string[] arguments)
    {
        string path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess
            ? LineProcess.Start("setpriv", [$"--reuid={Account}", $"--regid={Account}", "--clear-groups", path, .. arguments])
            : LineProcess.Start(path, arguments);
    }
}
