using System.Device.Gpio;
using OmniIoT.Edge.Hardware.Gpio;

namespace OmniIoT.Edge.Hardware.Led;

/// <summary>
/// A light-emitting diode behind its resistor. Source: Raspberry Pi documentation, GPIO pads control: a pin drives 2 to 16 mA,
/// so 330 Ω for a red one at 3.3 V, and a transistor for anything brighter.
/// </summary>
internal sealed class LedOutput(OutputSpec spec, Func<GpioController> openChip) : LineOutput(spec, openChip);
