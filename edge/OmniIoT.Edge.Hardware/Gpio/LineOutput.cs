using System.Device.Gpio;
using System.Diagnostics.CodeAnalysis;

namespace OmniIoT.Edge.Hardware.Gpio;

/// <summary>
/// Switches one line. The line goes from what it was to the idle level without a step between, when it is opened, and back to
/// it at the end. What becomes of the level of a line that nobody holds is its chip's decision: most keep it, but only a
/// resistor at the load makes it certain, as before the agent runs and after it was killed.
/// </summary>
internal abstract class LineOutput(LineSpec line, bool isOnWhenIdle, Func<GpioController> openChip) : IOutput
{
    private GpioController? _chip;

    public bool TrySwitch(bool on, [NotNullWhen(false)] out string? failure)
    {
        failure = null;
        try
        {
            var isIdle = _chip is null;
            _chip ??= Open();
            if (!isIdle || on != isOnWhenIdle) _chip.Write(line.Number, Level(on));
            return true;
        }
        // The library tells a missing chip, line or permission in these.
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException)
        {
            failure = $"{line}: {failed.Message}";
            Close();
            return false;
        }
    }

    public void Dispose()
    {
        if (_chip is not null) TrySwitch(isOnWhenIdle, out _);
        Close();
    }

    private GpioController Open()
    {
        var chip = openChip();
        try
        {
            chip.OpenPin(line.Number, PinMode.Output, Level(isOnWhenIdle));
            return chip;
        }
        catch
        {
            chip.Dispose();
            throw;
        }
    }

    private void Close()
    {
        _chip?.Dispose();
        _chip = null;
    }

    private PinValue Level(bool on) => on != line.IsActiveLow ? PinValue.High : PinValue.Low;
}
