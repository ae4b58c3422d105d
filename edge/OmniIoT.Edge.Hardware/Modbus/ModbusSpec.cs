namespace OmniIoT.Edge.Hardware.Modbus;

/// <summary>Where a Modbus device is, and what is read of it.</summary>
public sealed record ModbusSpec
{
    public string Host { get; init; } = "";

    public int Port { get; init; } = 502;

    /// <summary>The unit behind the address: a gateway's serial devices have 1 to 247.</summary>
    public byte Unit { get; init; } = 1;

    public IReadOnlyList<ModbusRegister> Registers { get; init; } = [];
}

/// <summary>The four tables of a Modbus device, by the function that reads them.</summary>
public enum ModbusTable : byte
{
    Coil = 1,
    Discrete = 2,
    Holding = 3,
    Input = 4,
}

/// <summary>How the bits of registers are a number.</summary>
public enum ModbusType
{
    UInt16,
    Int16,
    UInt32,
    Int32,
    Float32,
    Float64,
}

/// <summary>One value of a Modbus device.</summary>
/// <param name="Name">Of the quantity.</param>
/// <param name="Address">As it goes over the wire, from 0: register 40001 of older manuals is holding register 0.</param>
public sealed record ModbusRegister(string Name, ModbusTable Table, ushort Address)
{
    /// <summary>Registers only; a coil or discrete input is a state.</summary>
    public ModbusType Type { get; init; } = ModbusType.UInt16;

    /// <summary>Of values of several registers the lowest word comes first.</summary>
    public bool IsLowWordFirst { get; init; }

    /// <summary>The value is the number times this …</summary>
    public double Scale { get; init; } = 1;

    /// <summary>… and this more.</summary>
    public double Offset { get; init; }

    /// <summary>UCUM code, <c>1</c> when none is named.</summary>
    public string Unit { get; init; } = "1";

    internal bool IsState => Table is ModbusTable.Coil or ModbusTable.Discrete;

    /// <summary>Bits or registers.</summary>
    internal ushort Count =>
        Type switch
        {
            _ when IsState => 1,
            ModbusType.UInt16 or ModbusType.Int16 => 1,
            ModbusType.Float64 => 4,
            _ => 2,
        };
}
