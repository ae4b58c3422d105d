using System.Collections.Concurrent;
using System.Device.Gpio;

namespace OmniIoT.Edge.Hardware.Gpio;

/// <summary>A chip without pins. Its lines are there from their first use; safe for concurrent use.</summary>
internal sealed class SimulatedGpioChip
{
    private readonly ConcurrentDictionary<int, SimulatedLine> _lines = new();

    public SimulatedLine this[int number] => _lines.GetOrAdd(number, static _ => new SimulatedLine());

    /// <summary>As opening the kernel's chip: a controller of its own for who asks.</summary>
    public GpioController Open() => new(new SimulatedGpioDriver(this));
}
