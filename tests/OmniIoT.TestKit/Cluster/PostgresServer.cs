using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.TestKit.Cluster;

/// <summary>
/// A PostgreSQL server of its own on a free port of this machine, with its data in a temporary folder. It does not flush to disk: it is
/// killed at times, the machine is not.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string User = "omniiot";

    /// <summary>The server refuses to run as root; Debian's package brings this user.</summary>
    private const string Account = "postgres";

    private readonly TemporaryDirectory _directory = new();
    private readonly string _programs;
    private readonly int _port = FreePort.Find();
    private readonly string[] _settings;
    private LineProcess? _process;
    private int _databases;

    private PostgresServer(string programs, string[] settings) =>
        (_programs, _settings) = (programs, settings);

    /// <summary>Starts one, or skips the test where none is installed.</summary>
    /// <param name="settings">More of the server's settings, each <c>name=value</c>.</param>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        PostgresServer server = new(InstalledProgram.RequirePostgres(), settings);
        try
        {
            await server.PrepareAsync();
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Creates an empty database, or a copy of one that nobody is connected to; its connection string.</summary>
    public string CreateDatabase(string? template = null)
    {
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"test_{Interlocked.Increment(ref _databases)}"
        );
        Execute($"CREATE DATABASE {name} TEMPLATE {template ?? "template0"}");
        return ConnectionString(name);
    }

    /// <summary>Removes a database, whoever is connected to it.</summary>
    public void DropDatabase(string connectionString) =>
        Execute(
            $"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)"
        );

    /// <summary>Ends it at once, as a crash does: what is not committed is lost.</summary>
    public Task CrashAsync() => _process!.StopAsync("the database server", PosixSignal.SIGQUIT);

    /// <summary>Starts it on the same port with the same data.</summary>
    public async Task StartAgainAsync()
    {
        string[] settings =
        [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
            "max_connections=200",
            "lc_messages=C",
            "log_checkpoints=off",
            .. _settings,
        ];
        _process = Start(
            "postgres",
            [
                "-D",
                Data,
                "-p",
                Text(_port),
                .. settings.SelectMany(setting => new[] { "-c", setting }),
            ]
        );
        await _process.SeenAsync(
            line => line.Contains("ready to accept connections", StringComparison.Ordinal),
            "database server that is ready"
        );
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
            Task.Run(CrashAsync).GetAwaiter().GetResult();
        _directory.Dispose();
    }

    private string Data => Path.Combine(_directory.Path, "data");

    private async Task PrepareAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            using Process chown = Process.Start("chown", [Account, _directory.Path]);
            await chown.WaitForExitAsync();
        }
        await using LineProcess initialize = Start(
            "initdb",
            ["-D", Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        );
        int code = await initialize.ExitAsync("initdb");
        if (code != 0)
            throw new InvalidOperationException(
                $"initdb ended with {code}: {string.Join('\n', initialize.Lines)}"
            );
    }

    /// <summary>Runs a program in place of the one that changes the user, so that it is known by its own process id.</summary>
    private LineProcess Start(string program, string[] arguments)
    {
        string path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess
            ? LineProcess.Start(
                "setpriv",
                [$"--reuid={Account}", $"--regid={Account}", "--clear-groups", path, .. arguments]
            )
            : LineProcess.Start(path, arguments);
    }

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Text(_port)};Username={User};Database={database}";

    private void Execute(string sql)
    {
        using NpgsqlConnection connection = new(ConnectionString("postgres") + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
