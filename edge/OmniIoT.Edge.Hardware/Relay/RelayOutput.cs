using System.Device.Gpio;
using OmniIoT.Edge.Hardware.Gpio;

namespace OmniIoT.Edge.Hardware.Relay;

/// <summary>
/// A relay module with its own transistor. Source: Songle, SRD-05VDC-SL-C data sheet: operates within 10 ms, releases within
/// 5 ms; 10⁵ operations under full load. Many modules are active low.
/// </summary>
internal sealed class RelayOutput(OutputSpec spec, Func<GpioController> openChip) : LineOutput(spec, openChip);
