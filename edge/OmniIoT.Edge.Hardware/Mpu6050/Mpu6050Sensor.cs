using System.Device.I2c;
using System.Numerics;
using OmniIoT.Edge.Hardware.I2c;
using Chip = Iot.Device.Imu.Mpu6050;

namespace OmniIoT.Edge.Hardware.Mpu6050;

/// <summary>
/// Acceleration and rotation about three axes, and the chip's own temperature. Source: InvenSense, MPU-6000/MPU-6050 register
/// map RM-MPU-6000A-00, revision 4.2, August 2013. Ranges are ±2 g and ±250 °/s.
/// </summary>
internal sealed class Mpu6050Sensor(I2cPort port) : I2cSensor<Chip>(port)
{
    /// <summary>AD0 on ground, or on the supply: register map, section 4.32.</summary>
    public static readonly int[] Addresses = [0x68, 0x69];

    public override IReadOnlyList<Quantity> Quantities { get; } =
    [
        new("accelerationX", "m/s2"),
        new("accelerationY", "m/s2"),
        new("accelerationZ", "m/s2"),
        new("rotationX", "deg/s"),
        new("rotationY", "deg/s"),
        new("rotationZ", "deg/s"),
        new("temperature", "Cel"),
    ];

    protected override Chip SetUp(I2cDevice device) => new(device);

    protected override IReadOnlyList<Measurement> Measure(Chip chip)
    {
        Vector3 acceleration = chip.GetAccelerometer();
        Vector3 rotation = chip.GetGyroscopeReading();
        return
        [
            new("accelerationX", acceleration.X),
            new("accelerationY", acceleration.Y),
            new("accelerationZ", acceleration.Z),
            new("rotationX", rotation.X),
            new("rotationY", rotation.Y),
            new("rotationZ", rotation.Z),
            new("temperature", Celsius(chip.GetTemperature().DegreesCelsius)),
        ];
    }

    /// <summary>
    /// The binding takes the number by the formula of its successor, MPU-9250: (raw - 21) / 333.87 + 21. Here it is
    /// raw / 340 + 36.53 (register map, section 4.18).
    /// </summary>
    private static double Celsius(double asSuccessor)
    {
        double raw = ((asSuccessor - 21) * 333.87) + 21;
        return (raw / 340) + 36.53;
    }
}
