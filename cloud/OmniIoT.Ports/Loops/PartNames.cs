namespace OmniIoT.Ports.Loops;

/// <summary>The parts of a process that can be ready or not, as <c>/readyz</c> names them.</summary>
public static class PartNames
{
    /// <summary>The store takes writes.</summary>
    public const string Storage = "storage";

    /// <summary>Readings move on to the telemetry store.</summary>
    public const string Telemetry = "telemetry";

    /// <summary>Connections are taken and kept.</summary>
    public const string Gateway = "gateway";

    /// <summary>Grains run here and are woken when due.</summary>
    public const string Cluster = "cluster";

    /// <summary>What was committed to leave does leave.</summary>
    public const string Deliveries = "deliveries";
}
