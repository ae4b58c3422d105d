using System.Buffers.Binary;
using System.Device.I2c;
using OmniIoT.Edge.Hardware.Bme280;
using OmniIoT.Edge.Hardware.I2c;

namespace OmniIoT.Edge.Hardware.Guest;

/// <summary>The chips on I2C, whose registers the kernel's i2c-stub keeps.</summary>
internal static class I2cScenes
{
    private const int Bus = 0;

    public static void Run(Board board)
    {
        Say.That("plain transfers", $"{SmbusI2cDevice.HasPlainTransfers(Bus)}");
        FillBme280();
        FillAds1115();
        Say.Reading("bme280", Open(board, "bme280"));
        Say.Reading("bme280 that is not there", board.Open(Spec("bme280") with { Address = 0x77 }));
        Say.Reading("bme280 without a bus", board.Open(Spec("bme280") with { Bus = "9" }));
        Say.Reading("ads1115", board.Open(Spec("ads1115") with { Metrics = [new MetricSpec("voltage0", "voltage0")] }));
        FillIna219();
        Say.Reading("ina219", Open(board, "ina219"));
    }

    private static SensorSpec Spec(string type) =>
        new()
        {
            Id = type,
            Type = type,
            Bus = $"{Bus}",
        };

    private static ISensor Open(Board board, string type) => board.Open(Spec(type));

    /// <summary>The worked example of the data sheet: 25.08 °C and 1006.53 hPa.</summary>
    private static void FillBme280()
    {
        byte[] registers = new byte[257];
        Bme280Trimming.Store(registers);
        registers[0xD0] = 0x60;
        Put20(registers.AsSpan(0xF7), 415_148);
        Put20(registers.AsSpan(0xFA), 519_888);
        BinaryPrimitives.WriteUInt16BigEndian(registers.AsSpan(0xFD), 30_000);
        using SmbusI2cDevice device = Connect(0x76);
        // The stub keeps a word for each register; its low byte is what a read of bytes gets.
        for (int register = 0; register < 256; register++)
            device.Write([(byte)register, registers[register], registers[register + 1]]);
    }

    private static void FillAds1115()
    {
        using SmbusI2cDevice device = Connect(0x48);
        device.Write([0x00, 0x40, 0x00]);
    }

    /// <summary>24 V and -0.5 A: the current's bit is 3.2 A / 32768, the power's twenty of these.</summary>
    private static void FillIna219()
    {
        using SmbusI2cDevice device = Connect(0x40);
        Put(device, 0x02, 6000 << 3);
        Put(device, 0x04, -5120);
        Put(device, 0x03, 6144);
    }

    private static SmbusI2cDevice Connect(int address) => new(new I2cConnectionSettings(Bus, address));

    private static void Put(SmbusI2cDevice device, byte register, int value) => device.Write([register, (byte)(value >> 8), (byte)value]);

    private static void Put20(Span<byte> target, int raw) =>
        (target[0], target[1], target[2]) = ((byte)(raw >> 12), (byte)(raw >> 4), (byte)(raw << 4));
}
