using System.Buffers.Binary;

namespace OmniIoT.Edge.Hardware.I2c;

/// <summary>A few registers of 16 bits each, high byte first; the chosen one stays chosen.</summary>
internal abstract class WordRegisters(int count) : SimulatedChip
{
    protected ushort[] Registers { get; } = new ushort[count];

    protected virtual ushort Read(byte register) => Registers[register];

    protected virtual void Written(byte register, ushort value) => Registers[register] = value;

    protected override void WriteRegister(byte register, ReadOnlySpan<byte> bytes)
    {
        if (register >= Registers.Length || bytes.Length < 2)
            throw new IOException("Remote I/O error");
        Written(register, BinaryPrimitives.ReadUInt16BigEndian(bytes));
    }

    protected override void ReadRegister(byte register, Span<byte> bytes)
    {
        if (register >= Registers.Length)
            throw new IOException("Remote I/O error");
        Span<byte> word = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(word, Read(register));
        for (int index = 0; index < bytes.Length; index++)
            bytes[index] = word[index % 2];
    }
}
