using System.Device.I2c;
using System.Diagnostics.CodeAnalysis;

namespace OmniIoT.Edge.Hardware.I2c;

/// <summary>
/// A sensor whose chip is driven by a binding. The chip is set up at the first reading, and anew after every failure: one
/// that lost its power came back with its defaults.
/// </summary>
/// <typeparam name="TChip">The binding. Only the device under it is disposed: a binding may talk to its chip at that, which may be
/// gone.</typeparam>
internal abstract class I2cSensor<TChip>(I2cPort port) : ISensor
    where TChip : class
{
    private I2cDevice? _device;
    private TChip? _chip;

    public abstract IReadOnlyList<Quantity> Quantities { get; }

    public bool TryRead(out IReadOnlyList<Measurement> measurements, [NotNullWhen(false)] out string? failure)
    {
        (measurements, failure) = ([], null);
        try
        {
            _device ??= port.Connect();
            _chip ??= SetUp(_device);
            measurements = Measure(_chip);
            return true;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or TimeoutException)
        {
            failure = $"{port}: {failed.Message}";
            Dispose();
            return false;
        }
    }

    public void Dispose()
    {
        _device?.Dispose();
        (_device, _chip) = (null, null);
    }

    protected abstract TChip SetUp(I2cDevice device);

    protected abstract IReadOnlyList<Measurement> Measure(TChip chip);
}
