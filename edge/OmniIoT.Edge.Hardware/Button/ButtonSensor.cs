using System.Device.Gpio;
using Iot.Device.Button;
using OmniIoT.Edge.Hardware.Gpio;

namespace OmniIoT.Edge.Hardware.Button;

/// <summary>
/// A push button or any other contact: <c>pressed</c> while it is closed. Source: Omron, B3F tactile switch data sheet
/// A070-E1.
/// </summary>
internal sealed class ButtonSensor(LineSpec line, Func<GpioController> openChip, TimeProvider time) : LineSensor(line, openChip, time)
{
    private GpioButton? _button;

    public override IReadOnlyList<Quantity> Quantities { get; } = [new("pressed", "1")];

    protected override void Bind(GpioController chip, Action<bool> edge)
    {
        // The binding's own debounce reads the system's clock and loses a press that bounces: it is told of every edge here,
        // and LineLevel decides.
        _button = new GpioButton(
            Line.Number,
            isPullUp: Line.IsActiveLow,
            Line.HasExternalResistor,
            chip,
            shouldDispose: false,
            debounceTime: TimeSpan.Zero
        );
        _button.ButtonDown += (_, _) => edge(!Line.IsActiveLow);
        _button.ButtonUp += (_, _) => edge(Line.IsActiveLow);
    }

    protected override void Close()
    {
        _button?.Dispose();
        _button = null;
    }
}
