using System.Device.I2c;
using System.Globalization;

namespace OmniIoT.Edge.Hardware.I2c;

/// <summary>The kernel's I2C adapters, by their numbers.</summary>
internal static class I2cBuses
{
    /// <summary>Adapters that do plain transfers get the library's device; those that speak SMBus only, ours.</summary>
    /// <exception cref="IOException">There is no such adapter, or it may not be opened.</exception>
    public static I2cDevice Open(string bus, int address)
    {
        I2cConnectionSettings settings = new(int.Parse(bus, NumberStyles.None, CultureInfo.InvariantCulture), address);
        return SmbusI2cDevice.HasPlainTransfers(settings.BusId) ? I2cDevice.Create(settings) : new SmbusI2cDevice(settings);
    }
}
