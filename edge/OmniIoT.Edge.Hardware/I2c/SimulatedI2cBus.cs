using System.Collections.Concurrent;
using System.Device.I2c;

namespace OmniIoT.Edge.Hardware.I2c;

/// <summary>A bus without wires. A chip is there from the first time that somebody connects to it.</summary>
internal sealed class SimulatedI2cBus
{
    private readonly ConcurrentDictionary<int, SimulatedChip> _chips = new();

    /// <summary>The chip that a sensor was opened on.</summary>
    public TChip Chip<TChip>(int address)
        where TChip : SimulatedChip => (TChip)_chips[address];

    /// <param name="solder">Makes the chip that is to stand at the address, if none does.</param>
    public I2cDevice Connect(int address, Func<SimulatedChip> solder) => new Device(address, _chips.GetOrAdd(address, _ => solder()));

    private sealed class Device(int address, SimulatedChip chip) : I2cDevice
    {
        public override I2cConnectionSettings ConnectionSettings { get; } = new(0, address);

        public override void Read(Span<byte> buffer) => chip.Read(buffer);

        public override void Write(ReadOnlySpan<byte> buffer) => chip.Write(buffer);

        public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
        {
            chip.Write(writeBuffer);
            chip.Read(readBuffer);
        }
    }
}
