using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OmniIoT.Edge.Hardware.I2c;

/// <summary>
/// The SMBus calls of <c>/dev/i2c-N</c>. Numbers and layouts as in the kernel's include/uapi/linux/i2c-dev.h and
/// include/uapi/linux/i2c.h; a refused call is an <see cref="IOException"/> with the kernel's reason.
/// </summary>
internal sealed partial class SmbusFile : IDisposable
{
    private const uint SlaveRequest = 0x0703;
    private const uint FunctionsRequest = 0x0705;
    private const uint SmbusRequest = 0x0720;
    private const nuint PlainTransfers = 0x0000_0001;

    private readonly SafeFileHandle _handle;

    private SmbusFile(string path) => _handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

    private enum Direction : byte
    {
        Write = 0,
        Read = 1,
    }

    private enum Protocol : uint
    {
        Byte = 1,
        ByteData = 2,
        WordData = 3,
        Block = 8,
    }

    public static SmbusFile Open(int bus) => new($"/dev/i2c-{bus}");

    public unsafe bool HasPlainTransfers()
    {
        nuint functions = 0;
        Check(Ioctl(_handle, FunctionsRequest, (nint)(&functions)));
        return (functions & PlainTransfers) != 0;
    }

    public void Choose(int address) => Check(Ioctl(_handle, SlaveRequest, address));

    public void SendByte(byte value) => Call(Direction.Write, value, Protocol.Byte, new Data());

    public byte ReceiveByte() => Call(Direction.Read, 0, Protocol.Byte, new Data())[0];

    public void WriteByteData(byte register, byte value) => Call(Direction.Write, register, Protocol.ByteData, new Data([value]));

    public byte ReadByteData(byte register) => Call(Direction.Read, register, Protocol.ByteData, new Data())[0];

    /// <summary>In the order of the wire, low byte first by the specification: the machine's own order here.</summary>
    public void WriteWordData(byte register, ReadOnlySpan<byte> bytes) =>
        Call(Direction.Write, register, Protocol.WordData, new Data(bytes));

    public void ReadWordData(byte register, Span<byte> bytes) =>
        Call(Direction.Read, register, Protocol.WordData, new Data()).CopyTo(bytes, 0);

    /// <summary>The block's first byte is its length and does not go over the wire.</summary>
    public void WriteBlock(byte register, ReadOnlySpan<byte> bytes) =>
        Call(Direction.Write, register, Protocol.Block, new Data([(byte)bytes.Length, .. bytes]));

    public void ReadBlock(byte register, Span<byte> bytes)
    {
        Data answer = Call(Direction.Read, register, Protocol.Block, new Data([(byte)bytes.Length]));
        if (answer[0] != bytes.Length)
            throw new IOException($"{answer[0]} bytes came where {bytes.Length} were asked for.");
        answer.CopyTo(bytes, 1);
    }

    public void Dispose() => _handle.Dispose();

    private unsafe Data Call(Direction direction, byte command, Protocol protocol, Data data)
    {
        CallArguments call = new CallArguments
        {
            Direction = direction,
            Command = command,
            Protocol = protocol,
            Data = &data,
        };
        Check(Ioctl(_handle, SmbusRequest, (nint)(&call)));
        return data;
    }

    private static void Check(int result)
    {
        if (result < 0)
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(SafeFileHandle file, nuint request, nint argument);

    /// <summary><c>struct i2c_smbus_ioctl_data</c>.</summary>
    private unsafe struct CallArguments
    {
        public Direction Direction;
        public byte Command;
        public Protocol Protocol;
        public Data* Data;
    }

    /// <summary><c>union i2c_smbus_data</c>: 32 bytes, a length before and one byte behind.</summary>
    private unsafe struct Data
    {
        private fixed byte _bytes[34];

        public Data(ReadOnlySpan<byte> bytes)
        {
            for (int index = 0; index < bytes.Length; index++)
                _bytes[index] = bytes[index];
        }

        public readonly byte this[int index] => _bytes[index];

        public readonly void CopyTo(Span<byte> target, int from)
        {
            for (int index = 0; index < target.Length; index++)
                target[index] = _bytes[from + index];
        }
    }
}
