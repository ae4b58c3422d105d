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
        // What the device does not have, as a phase that is not connected, keeps nothing else back.
        List<Measurement> read = [];
        string? missing = null;
        try
        {
            foreach (ModbusRegister register in spec.Registers)
                missing = TryRead(register, read) ?? missing;
        }
        catch (IOException failed)
        {
            read.Clear();
            missing = failed.Message;
        }
        measurements = read;
        failure = read.Count == 0 ? missing : null;
        return failure is null;
    }

    public void Dispose() => _device.Dispose();

    /// <summary>Why a register gives nothing; null: it did.</summary>
    private string? TryRead(ModbusRegister register, List<Measurement> into)
    {
        try
        {
            Measurement measured = Read(register);
            if (!double.IsFinite(measured.Value))
                return $"{register.Name} is no finite number";
            into.Add(measured);
            return null;
        }
        catch (ModbusRefusal refusal)
        {
            return refusal.Message;
        }
    }

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
