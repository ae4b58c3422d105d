using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace OmniIoT.Edge.Hardware.Modbus;

/// <summary>A meter, controller or drive that speaks Modbus over TCP, or stands behind a gateway that does.</summary>
internal sealed class ModbusSensor(ModbusSpec spec) : ISensor
{
    private readonly ModbusTcp _device = new(spec.Host, spec.Port, spec.Unit);

    public IReadOnlyList<Quantity> Quantities { get; } = [.. spec.Registers.Select(one => new Quantity(one.Name, one.Unit))];

    public bool TryRead(out IReadOnlyList<Measurement> measurements, [NotNullWhen(false)] out string? failure)
    {
        try
        {
            (measurements, failure) = ([.. spec.Registers.Select(Read)], null);
            return true;
        }
        catch (IOException failed)
        {
            (measurements, failure) = ([], failed.Message);
            return false;
        }
    }

    public void Dispose() => _device.Dispose();

    private Measurement Read(ModbusRegister register)
    {
        byte[] content = _device.Read(register.Table, register.Address, register.Count);
        return register.IsState
            ? Measurement.State(register.Name, (content[0] & 1) != 0)
            : new Measurement(register.Name, (Number(content, register) * register.Scale) + register.Offset);
    }

    private static double Number(byte[] content, ModbusRegister register)
    {
        if (register.IsLowWordFirst)
            content = [.. content.Chunk(sizeof(ushort)).Reverse().SelectMany(word => word)];
        return register.Type switch
        {
            ModbusType.UInt16 => BinaryPrimitives.ReadUInt16BigEndian(content),
            ModbusType.Int16 => BinaryPrimitives.ReadInt16BigEndian(content),
            ModbusType.UInt32 => BinaryPrimitives.ReadUInt32BigEndian(content),
            ModbusType.Int32 => BinaryPrimitives.ReadInt32BigEndian(content),
            ModbusType.Float32 => BinaryPrimitives.ReadSingleBigEndian(content),
            _ => BinaryPrimitives.ReadDoubleBigEndian(content),
        };
    }
}
