using System.Diagnostics.CodeAnalysis;

namespace OmniIoT.Edge.Hardware.Sysfs;

/// <summary>A sensor whose driver is in the kernel: one number in a file.</summary>
internal abstract class SysfsSensor : ISensor
{
    public abstract IReadOnlyList<Quantity> Quantities { get; }

    /// <summary>What to look for, in the words of whoever has to plug it in.</summary>
    protected abstract string Place { get; }

    public bool TryRead(out IReadOnlyList<Measurement> measurements, [NotNullWhen(false)] out string? failure)
    {
        bool read = TryReadNumber(out double value);
        measurements = read ? [new Measurement(Quantities[0].Name, value)] : [];
        failure = read ? null : $"no value from {Place}";
        return read;
    }

    public void Dispose() { }

    /// <summary>In the quantity's unit; false when no file has a number, or its device reports a fault.</summary>
    protected abstract bool TryReadNumber(out double value);
}
