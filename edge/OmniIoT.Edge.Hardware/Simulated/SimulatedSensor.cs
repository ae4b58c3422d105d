using System.Diagnostics.CodeAnalysis;

namespace OmniIoT.Edge.Hardware.Simulated;

/// <summary>A value that follows a course, for a machine without sensors. It may be called whatever is wanted.</summary>
internal sealed class SimulatedSensor(Waveform wave, IReadOnlyList<string> quantities, TimeProvider time) : ISensor
{
    public IReadOnlyList<Quantity> Quantities { get; } =
        quantities.Count == 0 ? [new("value", "1")] : [.. quantities.Select(name => new Quantity(name, "1"))];

    public bool TryRead(out IReadOnlyList<Measurement> measurements, [NotNullWhen(false)] out string? failure)
    {
        double value = wave.At(time.GetUtcNow());
        (measurements, failure) = ([.. Quantities.Select(quantity => new Measurement(quantity.Name, value))], null);
        return true;
    }

    public void Dispose() { }
}
