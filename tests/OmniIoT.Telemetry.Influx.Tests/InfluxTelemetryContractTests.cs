using Microsoft.Extensions.Logging.Abstractions;
using OmniIoT.Ports.Telemetry;
using OmniIoT.TestKit.Telemetry;

[assembly: AssemblyFixture(typeof(SharedInflux))]

namespace OmniIoT.Telemetry.Influx.Tests;

public sealed class InfluxTelemetryContractTests(SharedInflux influx) : TelemetryContract
{
    protected override ITelemetryUnderTest Open() => new InfluxTelemetryUnderTest(influx);
}

/// <summary>A telemetry store in a database of its own.</summary>
internal sealed class InfluxTelemetryUnderTest : ITelemetryUnderTest
{
    private readonly InfluxServer _server;
    private readonly InfluxTelemetryOptions _options;
    private InfluxTelemetryStore _store;

    public InfluxTelemetryUnderTest(SharedInflux influx)
    {
        _server = influx.Server;
        _options = new InfluxTelemetryOptions
        {
            Url = influx.Gate.Url,
            Bucket = Task.Run(() => _server.CreateDatabaseAsync()).GetAwaiter().GetResult(),
        };
        _store = Open();
    }

    public ITelemetryStore Store => _store;

    public TimeSpan Retention => _options.Retention!.Value;

    public void Reopen()
    {
        _store.Dispose();
        _store = Open();
    }

    public void Dispose()
    {
        _store.Dispose();
        Task.Run(() => _server.DropDatabaseAsync(_options.Bucket)).GetAwaiter().GetResult();
    }

    private InfluxTelemetryStore Open() => new(_options, TimeProvider.System, NullLogger<InfluxTelemetryStore>.Instance);
}
