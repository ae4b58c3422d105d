namespace OmniIoT.Edge.Hardware.I2c;

/// <summary>
/// A chip on the simulated bus, as its data sheet describes it to who writes and reads bytes: the first byte of a write
/// chooses the register, what follows goes into it, a read begins there. Safe for concurrent use.
/// </summary>
internal abstract class SimulatedChip
{
    private readonly Lock _lock = new();
    private byte _register;

    /// <summary>False: as if its plug were pulled; nobody acknowledges.</summary>
    public bool IsConnected { get; set; } = true;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        ThrowUnlessConnected();
        if (bytes.IsEmpty)
            return;
        lock (_lock)
        {
            _register = bytes[0];
            if (bytes.Length > 1)
                WriteRegister(_register, bytes[1..]);
        }
    }

    public void Read(Span<byte> bytes)
    {
        ThrowUnlessConnected();
        lock (_lock)
            ReadRegister(_register, bytes);
    }

    protected abstract void WriteRegister(byte register, ReadOnlySpan<byte> bytes);

    protected abstract void ReadRegister(byte register, Span<byte> bytes);

    private void ThrowUnlessConnected()
    {
        // The words of the kernel for a missing acknowledgement, ENXIO.
        if (!IsConnected)
            throw new IOException("No such device or address");
    }
}
