using System.Device.I2c;

namespace OmniIoT.Edge.Hardware.I2c;

/// <summary>Where a chip is, and how to come to it.</summary>
internal sealed record I2cPort(string Bus, int Address, Func<I2cDevice> Connect)
{
    /// <summary>In the words of whoever has to look at it.</summary>
    public override string ToString() => $"0x{Address:x2} on I2C bus {Bus}";
}
