using System.Globalization;
using Npgsql;
using OmniIoT.TestKit.Containers;

namespace OmniIoT.TestKit.Cluster;

/// <summary>
/// A PostgreSQL server of its own on a free port of this machine: a local process, or a container where <see
/// cref="ContainerEngine.IsWanted"/>.
/// It does not flush to disk: it is killed at times, the machine is not.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    internal const string User = "omniiot";
    internal const string Password = "password-of-the-tests";

    private readonly IPostgresRun _run;
    private int _databases;

    private PostgresServer(IPostgresRun run) => _run = run;

    /// <summary>Starts one, or skips the test where none is to be had.</summary>
    /// <param name="settings">More of the server's settings, each <c>name=value</c>.</param>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        string[] all = ["fsync=off", "max_connections=200", "lc_messages=C", "log_checkpoints=off", .. settings];
        PostgresServer server = new(
            await (ContainerEngine.IsWanted ? PostgresInContainer.PrepareAsync(all) : PostgresProcess.PrepareAsync(all))
        );
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>On 127.0.0.1.</summary>
    public int Port => _run.Port;

    /// <summary>Creates an empty database, or a copy of one that nobody is connected to; its connection string.</summary>
    public string CreateDatabase(string? template = null)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        Execute($"CREATE DATABASE {name} TEMPLATE {template ?? "template0"}");
        return ConnectionString(name);
    }

    /// <summary>Removes a database, whoever is connected to it.</summary>
    public void DropDatabase(string connectionString) =>
        Execute($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    /// <summary>Ends it at once, as a crash does: what is not committed is lost.</summary>
    public Task CrashAsync() => _run.CrashAsync();

    /// <summary>As <see cref="CrashAsync"/>, and it has no chance to tell anybody (SIGKILL).</summary>
    public Task KillAsync() => _run.KillAsync();

    /// <summary>Starts it on the same port with the same data.</summary>
    public Task StartAgainAsync() => _run.StartAsync();

    public void Dispose() => Task.Run(async () => await _run.DisposeAsync()).GetAwaiter().GetResult();

    private string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={User};Password={Password};Database={database}");

    private void Execute(string sql)
    {
        using NpgsqlConnection connection = new(ConnectionString("postgres") + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }
}
