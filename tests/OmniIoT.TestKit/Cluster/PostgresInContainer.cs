using OmniIoT.TestKit.Containers;
using OmniIoT.TestKit.Hosting;
using Testcontainers.PostgreSql;

namespace OmniIoT.TestKit.Cluster;

/// <summary>A server in a container, on a free port of this machine, with its data in the container.</summary>
internal sealed class PostgresInContainer : IPostgresRun
{
    private readonly PostgreSqlContainer _container;

    private PostgresInContainer(string image, string[] settings) =>
        _container = new PostgreSqlBuilder(image)
            .WithUsername(PostgresServer.User)
            .WithPassword(PostgresServer.Password)
            // A port that the engine chooses is another one at the next start.
            .WithPortBinding(Port, PostgreSqlBuilder.PostgreSqlPort)
            // Testcontainers' own settings acknowledge a commit before it is written, and a crash would lose it.
            .WithCommand([.. settings.Append("synchronous_commit=on").SelectMany(setting => new[] { "-c", setting })])
            .Build();

    public int Port { get; } = FreePort.Find();

    /// <summary>An empty one, not yet started; skips the test where no engine answers or has no such image.</summary>
    public static async Task<IPostgresRun> PrepareAsync(string[] settings) =>
        new PostgresInContainer(await ContainerEngine.RequireImageAsync("POSTGRES_IMAGE", "postgres:17"), settings);

    public Task StartAsync() => _container.StartAsync();

    public Task CrashAsync() => EndAsync("QUIT");

    public Task KillAsync() => EndAsync("KILL");

    private async Task EndAsync(string signal)
    {
        await DockerCommand.RunAsync("kill", "--signal=" + signal, _container.Id);
        await DockerCommand.RunAsync("wait", _container.Id);
    }

    public ValueTask DisposeAsync() => _container.DisposeAsync();
}
