using OmniIoT.Edge.Hardware.Ads1115;
using OmniIoT.Edge.Hardware.Bme280;
using OmniIoT.Edge.Hardware.Button;
using OmniIoT.Edge.Hardware.Hcsr501;
using OmniIoT.Edge.Hardware.Hwmon;
using OmniIoT.Edge.Hardware.Iio;
using OmniIoT.Edge.Hardware.Ina219;
using OmniIoT.Edge.Hardware.Modbus;
using OmniIoT.Edge.Hardware.Mpu6050;
using OmniIoT.Edge.Hardware.OneWire;
using OmniIoT.Edge.Hardware.Simulated;

namespace OmniIoT.Edge.Hardware;

/// <summary>Every type of sensor. A new one is a folder of its own and a line here.</summary>
public static class SensorTypes
{
    private static readonly SensorType[] All =
    [
        new("bme280", Wiring.I2c, (spec, board) => new Bme280Sensor(board.I2c(spec, () => new SimulatedBme280(board.Time))))
        {
            Addresses = Bme280Sensor.Addresses,
        },
        new(
            "ads1115",
            Wiring.I2c,
            (spec, board) => new Ads1115Sensor(board.I2c(spec, () => new SimulatedAds1115(board.Time)), spec.RangeVolts, Asked(spec))
        )
        {
            Addresses = Ads1115Sensor.Addresses,
        },
        new(
            "ina219",
            Wiring.I2c,
            (spec, board) =>
                new Ina219Sensor(
                    board.I2c(spec, () => new SimulatedIna219(board.Time) { ShuntOhms = spec.ShuntOhms }),
                    spec.ShuntOhms,
                    spec.MaxAmperes
                )
        )
        {
            Addresses = Ina219Sensor.Addresses,
        },
        new("mpu6050", Wiring.I2c, (spec, board) => new Mpu6050Sensor(board.I2c(spec, () => new SimulatedMpu6050(board.Time))))
        {
            Addresses = Mpu6050Sensor.Addresses,
        },
        new("button", Wiring.Line, (spec, board) => new ButtonSensor(spec.Line!, board.Chip(spec.Line!), board.Time)),
        new("hcsr501", Wiring.Line, (spec, board) => new Hcsr501Sensor(spec.Line!, board.Chip(spec.Line!), board.Time)),
        new("hwmon", Wiring.Path, (spec, board) => new HwmonSensor(board.Sysfs(spec, HwmonSensor.Simulate), spec.Path)),
        new("iio", Wiring.Path, (spec, board) => new IioSensor(board.Sysfs(spec, IioSensor.Simulate), spec.Path)),
        new("onewire", Wiring.Path, (spec, board) => new OneWireSensor(board.Sysfs(spec, OneWireSensor.Simulate), spec.Path, family: null)),
        new(
            "ds18b20",
            Wiring.Path,
            (spec, board) => new OneWireSensor(board.Sysfs(spec, OneWireSensor.Simulate), spec.Path, OneWireSensor.Ds18b20)
        ),
        new("modbus", Wiring.Network, (spec, _) => new ModbusSensor(spec.Modbus)),
        new("simulated", Wiring.None, (spec, board) => new SimulatedSensor(spec.Wave, Asked(spec), board.Time)),
    ];

    /// <summary>The names, for who must choose one.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(type => type.Name).Order(StringComparer.Ordinal)];

    /// <summary>Null for a type that there is not.</summary>
    public static Wiring? ConnectionOf(string type) => Find(type)?.Connection;

    /// <summary>I2C: the addresses that the chip can have, its usual one first; else none.</summary>
    public static IReadOnlyList<int> AddressesOf(string type) => Find(type)?.Addresses ?? [];

    internal static SensorType? Find(string name) => Array.Find(All, type => type.Name == name);

    private static string[] Asked(SensorSpec spec) => [.. spec.Metrics.Select(metric => metric.Quantity)];
}
