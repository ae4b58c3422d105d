using OmniIoT.Ports.Telemetry;

namespace OmniIoT.TestKit.Telemetry;

/// <summary>A telemetry store that starts empty. Disposing removes all it wrote.</summary>
public interface ITelemetryUnderTest : IDisposable
{
    ITelemetryStore Store { get; }

    /// <summary>How long the store keeps readings.</summary>
    TimeSpan Retention { get; }

    /// <summary>Closes the store and opens it again, as a restart does.</summary>
    void Reopen();
}
