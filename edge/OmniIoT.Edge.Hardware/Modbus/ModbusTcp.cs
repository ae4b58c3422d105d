using System.Buffers.Binary;
using System.Net.Sockets;

namespace OmniIoT.Edge.Hardware.Modbus;

/// <summary>
/// Reads from a device by the MODBUS Application Protocol Specification V1.1b3, sections 6.1 to 6.4, over TCP as the MODBUS Messaging on
/// TCP/IP Implementation Guide V1.0b, section 3.1.3, frames it. Connects when it is first asked, and anew after every failure. Not safe for
/// concurrent use.
/// </summary>
internal sealed class ModbusTcp(string host, int port, byte unit) : IDisposable
{
    private const int HeaderBytes = 7;
    private const byte Refused = 0x80;

    // A slow serial line behind a gateway answers within half of it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly string[] Refusals =
    [
        "the function is not known there",
        "there is no such address",
        "the quantity is not allowed",
        "the device failed",
        "the device needs longer",
        "the device is busy",
    ];

    private TcpClient? _connection;
    private ushort _transaction;

    /// <summary>The bytes of bits or registers, as they came.</summary>
    /// <exception cref="IOException">The device does not answer, or says something that is no answer.</exception>
    /// <exception cref="ModbusRefusal">It does not give them.</exception>
    public byte[] Read(ModbusTable table, ushort address, ushort count)
    {
        try
        {
            NetworkStream stream = Connect().GetStream();
            stream.Write(Request(table, address, count));
            return Answer(stream, table, table is ModbusTable.Coil or ModbusTable.Discrete ? (count + 7) / 8 : 2 * count);
        }
        catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException)
        {
            Dispose();
            throw new IOException($"{host}:{port}: {failure.Message}", failure);
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private TcpClient Connect()
    {
        if (_connection is not null)
            return _connection;
        TcpClient connection = new()
        {
            NoDelay = true,
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
            SendTimeout = (int)Patience.TotalMilliseconds,
        };
        try
        {
            using CancellationTokenSource patience = new(Patience);
            connection.ConnectAsync(host, port, patience.Token).AsTask().GetAwaiter().GetResult();
            return _connection = connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private byte[] Request(ModbusTable table, ushort address, ushort count)
    {
        byte[] frame = new byte[HeaderBytes + 5];
        BinaryPrimitives.WriteUInt16BigEndian(frame, ++_transaction);
        // Two bytes of the protocol, which is 0; then what follows them: unit, function, address, quantity.
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(4), 6);
        frame[6] = unit;
        frame[7] = (byte)table;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(8), address);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(10), count);
        return frame;
    }

    private byte[] Answer(NetworkStream stream, ModbusTable table, int expected)
    {
        Span<byte> header = stackalloc byte[HeaderBytes + 2];
        stream.ReadExactly(header);
        if (
            BinaryPrimitives.ReadUInt16BigEndian(header) != _transaction
            || BinaryPrimitives.ReadUInt16BigEndian(header[2..]) != 0
            || header[6] != unit
        )
            throw new IOException("the answer belongs to another question");
        if (header[7] == ((byte)table | Refused))
            throw new ModbusRefusal(
                $"{host}:{port}: " + (Refusals.ElementAtOrDefault(header[8] - 1) ?? $"the device refuses with code {header[8]}")
            );
        if (header[7] != (byte)table || header[8] != expected || BinaryPrimitives.ReadUInt16BigEndian(header[4..]) != expected + 3)
            throw new IOException("the answer has another length than what was asked for");
        byte[] content = new byte[expected];
        stream.ReadExactly(content);
        return content;
    }
}
