using Npgsql;

namespace OmniIoT.Benchmarks;

/// <param name="Postgres">Connection string of a server that databases may be made on; flushing as it would in earnest.</param>
/// <param name="Further">Settings of every process, as <c>--OmniIoT:…=…</c>.</param>
internal sealed record ClusterSettings(string Postgres, IReadOnlyList<string> Further);

/// <summary>Processes of the platform that share a database of their own, for one measurement.</summary>
internal sealed class ClusterUnderLoad : IAsyncDisposable
{
    private readonly List<ServerUnderLoad> _servers = [];

    public IReadOnlyList<ServerUnderLoad> Servers => _servers;

    public static async Task<ClusterUnderLoad> StartAsync(
        string hostDll,
        string apiKey,
        ClusterSettings settings,
        int processes,
        CancellationToken cancellationToken
    )
    {
        string database = await CreateDatabaseAsync(settings.Postgres, cancellationToken);
        ClusterUnderLoad cluster = new();
        try
        {
            for (int i = 0; i < processes; i++)
            {
                cluster._servers.Add(
                    await ServerUnderLoad.StartHostAsync(
                        hostDll,
                        apiKey,
                        [
                            "--OmniIoT:Cluster:SiloPort=0",
                            $"--OmniIoT:Cluster:Postgres={database}",
                            $"--OmniIoT:Cluster:Key={Convert.ToBase64String(new byte[32])}",
                            .. settings.Further,
                        ]
                    )
                );
            }
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServerUnderLoad server in _servers)
            await server.DisposeAsync();
    }

    // In the place of the measurement before: what that left is not carried along.
    private static async Task<string> CreateDatabaseAsync(string postgres, CancellationToken cancellationToken)
    {
        const string name = "omniiot_bench";
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(postgres);
        await using NpgsqlCommand drop = source.CreateCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await drop.ExecuteNonQueryAsync(cancellationToken);
        await using NpgsqlCommand create = source.CreateCommand($"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'");
        await create.ExecuteNonQueryAsync(cancellationToken);
        return new NpgsqlConnectionStringBuilder(postgres) { Database = name }.ConnectionString;
    }
}
