using System.Device.I2c;
using Iot.Device.Bmxx80.ReadResult;
using OmniIoT.Edge.Hardware.I2c;
using Chip = Iot.Device.Bmxx80.Bme280;

namespace OmniIoT.Edge.Hardware.Bme280;

/// <summary>
/// Air temperature, relative humidity and pressure. Source: Bosch Sensortec, BME280 data sheet BST-BME280-DS002-15,
/// revision 1.6, September 2018. One measurement of each per reading (forced mode, section 3.3.3), so that the chip sleeps
/// between them and does not warm itself.
/// </summary>
internal sealed class Bme280Sensor(I2cPort port) : I2cSensor<Chip>(port)
{
    /// <summary>SDO on ground, as on most modules; 0x77 with SDO on the supply. Data sheet, section 6.2.</summary>
    public static readonly int[] Addresses = [0x76, 0x77];

    public override IReadOnlyList<Quantity> Quantities { get; } = [new("temperature", "Cel"), new("humidity", "%"), new("pressure", "hPa")];

    protected override Chip SetUp(I2cDevice device) => new(device);

    protected override IReadOnlyList<Measurement> Measure(Chip chip)
    {
        Bme280ReadResult result = chip.Read();
        return
        [
            new("temperature", result.Temperature!.Value.DegreesCelsius),
            new("humidity", result.Humidity!.Value.Percent),
            new("pressure", result.Pressure!.Value.Hectopascals),
        ];
    }
}
