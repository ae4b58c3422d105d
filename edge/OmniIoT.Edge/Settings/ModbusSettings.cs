using OmniIoT.Edge.Hardware.Modbus;

namespace OmniIoT.Edge.Settings;

/// <summary>
/// Reads what a Modbus device has beyond other sensors: <c>host port unit registers: {quantity: {address, table, type, words, scale,
/// offset, unit}}</c>.
/// </summary>
internal static class ModbusSettings
{
    /// <summary>The type of such a sensor, and the setting that lists them.</summary>
    public const string Type = "modbus";

    public static readonly string[] Keys = ["host", "port", "unit", "registers"];

    public static ModbusSpec Read(SettingsSection section)
    {
        string host = section.Text("host") ?? "";
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            section.Mistake("host", host, "the name of a host or its IP address");
        ModbusRegister[] registers = [.. section.Children("registers").Select(Register)];
        if (registers.Length is 0 or > 100)
            section.Mistake("registers", "", "1 to 100 registers by the names of what they hold");
        return new ModbusSpec
        {
            Host = host,
            Port = section.Whole("port", 1, 65_535) ?? new ModbusSpec().Port,
            Unit = (byte)(section.Whole("unit", 0, 255) ?? new ModbusSpec().Unit),
            Registers = registers,
        };
    }

    private static ModbusRegister Register(SettingsSection section)
    {
        section.AllowOnly("address", "table", "type", "words", "scale", "offset", "unit");
        if (!section.Has("address"))
            section.Mistake("address", "", "a whole number of 0 to 65535");
        ModbusTable table = section.Choice(
            "table",
            ModbusTable.Holding,
            ("holding", ModbusTable.Holding),
            ("input", ModbusTable.Input),
            ("coil", ModbusTable.Coil),
            ("discrete", ModbusTable.Discrete)
        );
        return new ModbusRegister(section.Key, table, (ushort)(section.Whole("address", 0, ushort.MaxValue) ?? 0))
        {
            Type = section.Choice(
                "type",
                ModbusType.UInt16,
                ("uint16", ModbusType.UInt16),
                ("int16", ModbusType.Int16),
                ("uint32", ModbusType.UInt32),
                ("int32", ModbusType.Int32),
                ("float32", ModbusType.Float32),
                ("float64", ModbusType.Float64)
            ),
            IsLowWordFirst = section.Choice("words", false, ("high-first", false), ("low-first", true)),
            Scale = section.Number("scale", 1, double.MinValue, double.MaxValue),
            Offset = section.Number("offset", 0, double.MinValue, double.MaxValue),
            Unit = section.Text("unit") ?? "1",
        };
    }
}
