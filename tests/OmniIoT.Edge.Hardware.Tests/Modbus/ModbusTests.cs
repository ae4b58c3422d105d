using OmniIoT.Edge.Hardware.Modbus;

namespace OmniIoT.Edge.Hardware.Tests.Modbus;

public sealed class ModbusTests
{
    [Fact]
    public async Task Registers_and_bits_are_read_by_their_tables_and_types()
    {
        await using ModbusDevice device = new();
        // Words of −2, 70,000 and 3.5 in the order that each value is said to have.
        (byte, ushort, ushort)[] words = [(3, 0, 0xFFFE), (4, 10, 1), (4, 11, 4464), (3, 20, 0), (3, 21, 0x4060), (1, 5, 1), (2, 6, 0)];
        foreach ((byte function, ushort address, ushort value) in words)
            device.Registers[(function, address)] = value;
        using ISensor sensor = Open(
            device,
            new ModbusRegister("level", ModbusTable.Holding, 0)
            {
                Type = ModbusType.Int16,
                Scale = 0.1,
                Offset = 5,
            },
            new ModbusRegister("energy", ModbusTable.Input, 10) { Type = ModbusType.UInt32, Unit = "W.h" },
            new ModbusRegister("flow", ModbusTable.Holding, 20) { Type = ModbusType.Float32, IsLowWordFirst = true },
            new ModbusRegister("pump", ModbusTable.Coil, 5),
            new ModbusRegister("leak", ModbusTable.Discrete, 6)
        );

        Assert.True(sensor.TryRead(out IReadOnlyList<Measurement> measurements, out string? _));

        Assert.Equal(
            [new("level", 4.8), new("energy", 70_000), new("flow", 3.5), Measurement.State("pump", true), Measurement.State("leak", false)],
            measurements
        );
        Assert.Equal("W.h", sensor.Quantities[1].Unit);
        Assert.Equal([0, 1, 0, 0, 0, 6, 17, 3, 0, 0, 0, 1], device.Requests[0]);
    }

    [Fact]
    public async Task What_the_device_refuses_is_told_and_the_next_reading_asks_anew()
    {
        await using ModbusDevice device = new();
        using ISensor sensor = Open(device, new ModbusRegister("level", ModbusTable.Holding, 7));

        Assert.False(sensor.TryRead(out IReadOnlyList<Measurement> _, out string? failure));
        Assert.Equal($"127.0.0.1:{device.Port}: there is no such address", failure);

        device.Registers[(3, 7)] = 42;
        Assert.True(sensor.TryRead(out IReadOnlyList<Measurement> measurements, out _));
        Assert.Equal([new("level", 42)], measurements);
        Assert.Equal(1, device.Connections);
    }

    [Fact]
    public async Task What_the_device_does_not_have_keeps_nothing_else_back()
    {
        await using ModbusDevice device = new();
        // A phase that is not connected says that it is no number.
        foreach ((ushort address, ushort value) in new (ushort, ushort)[] { (0, 231), (1, 0x7FC0), (2, 0), (4, 50) })
            device.Registers[(3, address)] = value;
        using ISensor sensor = Open(
            device,
            new ModbusRegister("first", ModbusTable.Holding, 0),
            new ModbusRegister("second", ModbusTable.Holding, 1) { Type = ModbusType.Float32 },
            new ModbusRegister("third", ModbusTable.Holding, 900),
            new ModbusRegister("frequency", ModbusTable.Holding, 4)
        );

        Assert.True(sensor.TryRead(out IReadOnlyList<Measurement> measurements, out string? _));

        Assert.Equal([new("first", 231), new("frequency", 50)], measurements);
        Assert.Equal(1, device.Connections);
    }

    [Theory]
    [InlineData(0, 9, "the answer belongs to another question")]
    [InlineData(6, 9, "the answer belongs to another question")]
    [InlineData(7, 4, "the answer has another length than what was asked for")]
    [InlineData(8, 200, "the answer has another length than what was asked for")]
    public async Task An_answer_that_is_none_is_no_value(int position, byte value, string failure)
    {
        await using ModbusDevice device = new()
        {
            Registers = { [(3, 7)] = 42 },
            Answered = answer =>
            {
                answer[position] = value;
                return answer;
            },
        };
        using ISensor sensor = Open(device, new ModbusRegister("level", ModbusTable.Holding, 7));

        Assert.False(sensor.TryRead(out IReadOnlyList<Measurement> _, out string? told));
        Assert.EndsWith(failure, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_hangs_up_is_asked_again()
    {
        await using ModbusDevice device = new() { Registers = { [(3, 7)] = 42 }, Answered = _ => null };
        using ISensor sensor = Open(device, new ModbusRegister("level", ModbusTable.Holding, 7));
        Assert.False(sensor.TryRead(out IReadOnlyList<Measurement> _, out string? _));

        device.Answered = answer => answer;

        Assert.True(sensor.TryRead(out IReadOnlyList<Measurement> _, out string? _));
    }

    private static ISensor Open(ModbusDevice device, params ModbusRegister[] registers) =>
        new Board("/nowhere", TimeProvider.System).Open(
            new SensorSpec
            {
                Id = "meter",
                Type = "modbus",
                Modbus = new ModbusSpec
                {
                    Host = "127.0.0.1",
                    Port = device.Port,
                    Unit = 17,
                    Registers = registers,
                },
            }
        );
}
