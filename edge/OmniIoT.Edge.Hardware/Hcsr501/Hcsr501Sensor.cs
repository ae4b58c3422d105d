using System.Device.Gpio;
using OmniIoT.Edge.Hardware.Gpio;
using Chip = Iot.Device.Hcsr501.Hcsr501;

namespace OmniIoT.Edge.Hardware.Hcsr501;

/// <summary>
/// A passive infrared detector: <c>motion</c> while its output is high. Source: HC-SR501 PIR motion detector, product
/// description of the module's makers (no revision): output 3.3 V for the time set on the module, 3 s to 5 min, then low for
/// 2.5 s at least; the module makes clean edges, hence no debounce. For a minute after its supply came it tells what it likes.
/// </summary>
internal sealed class Hcsr501Sensor(LineSpec line, Func<GpioController> openChip, TimeProvider time) : LineSensor(line, openChip, time)
{
    private Chip? _detector;

    public override IReadOnlyList<Quantity> Quantities { get; } = [new("motion", "1")];

    protected override void Bind(GpioController chip, Action<bool> edge)
    {
        _detector = new Chip(Line.Number, chip, shouldDispose: false);
        _detector.Hcsr501ValueChanged += (_, change) => edge(change.PinValue == PinValue.High);
    }

    protected override void Close() => _detector = null;
}
