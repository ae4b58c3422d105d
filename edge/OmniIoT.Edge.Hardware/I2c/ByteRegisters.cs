namespace OmniIoT.Edge.Hardware.I2c;

/// <summary>256 registers of a byte each; reads and writes of several bytes go on with the next.</summary>
internal abstract class ByteRegisters : SimulatedChip
{
    protected byte[] Registers { get; } = new byte[256];

    /// <summary>Before a read that begins at the register.</summary>
    protected virtual void Refresh(byte register) { }

    /// <summary>A byte was written.</summary>
    protected virtual void Written(byte register, byte value) => Registers[register] = value;

    protected override void WriteRegister(byte register, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
            Written(register++, value);
    }

    protected override void ReadRegister(byte register, Span<byte> bytes)
    {
        Refresh(register);
        foreach (ref byte value in bytes)
            value = Registers[register++];
    }
}
