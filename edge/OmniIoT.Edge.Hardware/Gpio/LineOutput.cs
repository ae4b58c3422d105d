using System.Device.Gpio;

namespace OmniIoT.Edge.Hardware.Gpio;

/// <summary>Switches one line. It goes from what it was to its idle level without a step between.</summary>
internal abstract class LineOutput(OutputSpec spec, Func<GpioController> openChip) : SwitchedOutput<GpioController>(spec)
{
    protected override GpioController Open() => openChip();

    protected override void Idle(GpioController device) => device.OpenPin(Spec.Line.Number, PinMode.Output, Level(Spec.IsOnWhenIdle));

    protected override void Switch(GpioController device, bool on) => device.Write(Spec.Line.Number, Level(on));

    private PinValue Level(bool on) => on != Spec.Line.IsActiveLow ? PinValue.High : PinValue.Low;
}
