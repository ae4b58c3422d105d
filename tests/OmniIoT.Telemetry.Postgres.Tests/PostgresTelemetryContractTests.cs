using OmniIoT.Ports.Telemetry;
using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Telemetry;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace OmniIoT.Telemetry.Postgres.Tests;

public sealed class PostgresTelemetryContractTests(SharedPostgres postgres) : TelemetryContract
{
    protected override ITelemetryUnderTest Open() => new PostgresTelemetryUnderTest(postgres.Server);
}

/// <summary>A telemetry store in a database of its own.</summary>
internal sealed class PostgresTelemetryUnderTest : ITelemetryUnderTest
{
    private readonly PostgresServer _server;
    private PostgresTelemetryStore _store;

    public PostgresTelemetryUnderTest(PostgresServer server)
    {
        _server = server;
        Options = new PostgresTelemetryOptions { ConnectionString = server.CreateDatabase() };
        _store = PostgresTelemetryStore.Open(Options, TimeProvider.System);
    }

    public PostgresTelemetryOptions Options { get; }

    public ITelemetryStore Store => _store;

    public TimeSpan Retention => Options.Retention;

    public void Reopen()
    {
        _store.Dispose();
        _store = PostgresTelemetryStore.Open(Options, TimeProvider.System);
    }

    public void Dispose()
    {
        _store.Dispose();
        _server.DropDatabase(Options.ConnectionString);
    }
}
