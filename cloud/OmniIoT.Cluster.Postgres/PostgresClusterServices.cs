using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Postgres;
using OmniIoT.Storage.Postgres;
using OmniIoT.Telemetry.Postgres;
using Orleans;
using Orleans.Runtime;

namespace OmniIoT.Cluster.Postgres;

public static class PostgresClusterServices
{
    /// <summary>
    /// Provides the ports of storage in the cluster's database, where its processes also meet. From its joining on a process commits only
    /// while the others have not given it up.
    /// </summary>
    public static IServiceCollection AddPostgresCluster(this IServiceCollection services, PostgresClusterOptions options) =>
        services
            .AddSingleton(provider => new ClusterSeat(provider.GetRequiredService<ILocalSiloDetails>(), options.Id))
            .AddPostgresStore(provider => StoreOptions(options, provider.GetRequiredService<ClusterSeat>()))
            .AddSingleton(provider => MembershipTable(options, provider))
            .AddSingleton<IMembershipTable>(provider => provider.GetRequiredService<PostgresMembershipTable>());

    /// <summary>Keeps readings in the cluster's database as well.</summary>
    public static IServiceCollection AddPostgresClusterTelemetry(this IServiceCollection services, PostgresClusterOptions options) =>
        services.AddPostgresTelemetry(provider => TelemetryOptions(options, provider.GetRequiredService<ClusterSeat>()));

    private static PostgresStoreOptions StoreOptions(PostgresClusterOptions options, ClusterSeat seat) =>
        new()
        {
            ConnectionString = options.ConnectionString,
            Key = options.Key,
            MaxConnections = options.StoreConnections,
            Lane = seat.Name,
            Member = () => seat.Member,
        };

    private static PostgresTelemetryOptions TelemetryOptions(PostgresClusterOptions options, ClusterSeat seat)
    {
        PostgresTelemetryOptions telemetry = new()
        {
            ConnectionString = options.ConnectionString,
            MaxConnections = options.TelemetryConnections,
            Lane = seat.Name,
        };
        return options.TelemetryRetention is { } retention ? telemetry with { Retention = retention } : telemetry;
    }

    /// <summary>The store made the tables.</summary>
    private static PostgresMembershipTable MembershipTable(PostgresClusterOptions options, IServiceProvider provider)
    {
        provider.GetRequiredService<PostgresStore>();
        Database database = new(options.ConnectionString, PostgresClusterOptions.MemberConnections, "OmniIoT cluster");
        return new PostgresMembershipTable(database, options.Id, provider.GetRequiredService<ClusterSeat>());
    }
}
