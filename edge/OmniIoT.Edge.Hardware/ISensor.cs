using System.Diagnostics.CodeAnalysis;

namespace OmniIoT.Edge.Hardware;

/// <summary>
/// Something that can be asked for its measurements now. Made without touching the hardware; not safe for concurrent use.
/// </summary>
public interface ISensor : IDisposable
{
    /// <summary>What it measures.</summary>
    IReadOnlyList<Quantity> Quantities { get; }

    /// <summary>
    /// Measures. False when the sensor is absent, does not answer, reports a fault or says something that is no finite
    /// number; <paramref name="failure"/> then tells which. The next call tries afresh, so that a sensor which is plugged
    /// in later, or again, is found and set up.
    /// </summary>
    bool TryRead(out IReadOnlyList<Measurement> measurements, [NotNullWhen(false)] out string? failure);
}
