using System.Device.I2c;

namespace OmniIoT.Edge.Hardware.I2c;

/// <summary>
/// A device on an adapter that has no plain I2C transfers, as the PCs' own ones and the kernel's i2c-stub: what chips with
/// registers are told and asked is put into SMBus calls that are the same on the wire. Source: System Management Bus
/// specification 3.1, section 6.5, and the kernel's Documentation/i2c/smbus-protocol.rst.
/// </summary>
internal sealed class SmbusI2cDevice : I2cDevice
{
    // SMBus 3.1 allows 255; the kernel's I2C_SMBUS_BLOCK_MAX is 32.
    private const int BlockMax = 32;

    private readonly SmbusFile _file;

    /// <summary>The register that the last write of a single byte chose: reads name it again.</summary>
    private byte? _register;

    /// <exception cref="IOException">There is no such adapter, or a driver of the kernel holds the address.</exception>
    public SmbusI2cDevice(I2cConnectionSettings settings)
    {
        ConnectionSettings = settings;
        _file = SmbusFile.Open(settings.BusId);
        _file.Choose(settings.DeviceAddress);
    }

    public override I2cConnectionSettings ConnectionSettings { get; }

    /// <summary>The adapter does plain I2C transfers.</summary>
    /// <exception cref="IOException">There is no such adapter.</exception>
    public static bool HasPlainTransfers(int bus)
    {
        using SmbusFile file = SmbusFile.Open(bus);
        return file.HasPlainTransfers();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _register = null;
        switch (buffer.Length)
        {
            case 1:
                _file.SendByte(buffer[0]);
                _register = buffer[0];
                break;
            case 2:
                _file.WriteByteData(buffer[0], buffer[1]);
                break;
            case 3:
                _file.WriteWordData(buffer[0], buffer[1..]);
                break;
            case > 3 and <= BlockMax + 1:
                _file.WriteBlock(buffer[0], buffer[1..]);
                break;
            default:
                throw new IOException($"A write of {buffer.Length} bytes does not fit into one SMBus call.");
        }
    }

    public override void Read(Span<byte> buffer)
    {
        if (_register is { } register)
            ReadFrom(register, buffer);
        else if (buffer.Length == 1)
            buffer[0] = _file.ReceiveByte();
        else
            throw new IOException("An SMBus call reads several bytes from a register only.");
        // A chip that counts on stands behind what was read now.
        _register = null;
    }

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        if (writeBuffer.Length == 1)
        {
            ReadFrom(writeBuffer[0], readBuffer);
            return;
        }
        Write(writeBuffer);
        Read(readBuffer);
    }

    protected override void Dispose(bool disposing)
    {
        _file.Dispose();
        base.Dispose(disposing);
    }

    private void ReadFrom(byte register, Span<byte> buffer)
    {
        switch (buffer.Length)
        {
            case 1:
                buffer[0] = _file.ReadByteData(register);
                break;
            case 2:
                _file.ReadWordData(register, buffer);
                break;
            case > 2 and <= BlockMax:
                _file.ReadBlock(register, buffer);
                break;
            default:
                throw new IOException($"A read of {buffer.Length} bytes does not fit into one SMBus call.");
        }
    }
}
