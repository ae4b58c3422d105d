using System.Device.Gpio;
using System.Diagnostics.CodeAnalysis;

namespace OmniIoT.Edge.Hardware.Gpio;

/// <summary>
/// A sensor that says on or off on one line. The line is opened at the first reading, and anew after every failure; edges are
/// told from then on.
/// </summary>
internal abstract class LineSensor(LineSpec line, Func<GpioController> openChip, TimeProvider time) : IEventSensor
{
    private GpioController? _chip;
    private LineLevel? _level;

    public event Action<DateTimeOffset, Measurement>? Changed;

    public abstract IReadOnlyList<Quantity> Quantities { get; }

    protected LineSpec Line => line;

    public bool TryRead(out IReadOnlyList<Measurement> measurements, [NotNullWhen(false)] out string? failure)
    {
        (measurements, failure) = ([], null);
        try
        {
            _level ??= Open(_chip = openChip());
            measurements = [Said(_level.Look())];
            return true;
        }
        // The library tells a missing chip, line or permission in these.
        catch (Exception failed)
            when (failed is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException)
        {
            failure = $"{line}: {failed.Message}";
            Dispose();
            return false;
        }
    }

    public void Dispose()
    {
        // First: what the driver still tells while it ends its thread must find nobody.
        _level?.Dispose();
        try
        {
            Close();
            _chip?.Dispose();
        }
        catch (InvalidOperationException)
        {
            // An edge at this very moment made the binding read a line that was closed already; the driver tells it here.
        }
        (_level, _chip) = (null, null);
    }

    /// <summary>Opens the line by the sensor's binding, which is to tell every edge.</summary>
    protected abstract void Bind(GpioController chip, Action<bool> edge);

    /// <summary>Lets go of the binding. The chip is disposed afterwards.</summary>
    protected abstract void Close();

    private LineLevel Open(GpioController chip)
    {
        LineLevel? level = null;
        Bind(chip, isHigh => level?.Edge(isHigh));
        level = new LineLevel(line.Debounce, time, () => chip.Read(line.Number) == PinValue.High);
        level.Changed += (at, isHigh) => Changed?.Invoke(at, Said(isHigh));
        return level;
    }

    private Measurement Said(bool isHigh) => Measurement.State(Quantities[0].Name, isHigh != line.IsActiveLow);
}
