namespace OmniIoT.Edge.Hardware;

/// <summary>How one quantity of a sensor is sent.</summary>
/// <param name="Quantity">One of the sensor's quantities.</param>
/// <param name="Name">Name of the metric in telemetry.</param>
/// <param name="Deadband">A value that differs less than that from the one sent last is not sent; 0 sends every one.</param>
public sealed record MetricSpec(string Quantity, string Name, double Deadband = 0);
