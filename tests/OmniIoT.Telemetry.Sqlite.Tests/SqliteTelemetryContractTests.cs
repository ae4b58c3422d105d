using OmniIoT.Ports.Telemetry;
using OmniIoT.TestKit.Telemetry;

namespace OmniIoT.Telemetry.Sqlite.Tests;

public sealed class SqliteTelemetryContractTests : TelemetryContract
{
    protected override ITelemetryUnderTest Open() => new SqliteTelemetryUnderTest();
}

/// <summary>An embedded telemetry store in a directory of its own.</summary>
internal sealed class SqliteTelemetryUnderTest : ITelemetryUnderTest
{
    private SqliteTelemetryStore _store;

    public SqliteTelemetryUnderTest()
    {
        Options = new SqliteTelemetryOptions { Directory = Directory.CreateTempSubdirectory("omniiot-telemetry-").FullName };
        _store = SqliteTelemetryStore.Open(Options, TimeProvider.System);
    }

    public SqliteTelemetryOptions Options { get; }

    public ITelemetryStore Store => _store;

    public TimeSpan Retention => Options.Retention;

    public void Reopen()
    {
        _store.Dispose();
        _store = SqliteTelemetryStore.Open(Options, TimeProvider.System);
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(Options.Directory, recursive: true);
    }
}
