using System.Buffers;
using System.Net;
using System.Net.Sockets;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Benchmarks;

/// <summary>One subscriber that takes in what many publish at QoS 0 and only counts it.</summary>
internal sealed class FanInSubscriber : IDisposable
{
    private const int BufferBytes = 1024 * 1024;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = BufferBytes };
    private readonly byte[] _buffer = new byte[BufferBytes];
    private long _received;
    private int _kept;

    public long Received => Volatile.Read(ref _received);

    public async Task ConnectAsync(int port, string filter, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        ArrayBufferWriter<byte> output = new();
        new ConnectPacket(ProtocolVersion.V311, "fan-in").Encode(output);
        new SubscribePacket(1, [new Subscription(TopicFilter.Parse(filter), QualityOfService.AtMostOnce)]).Encode(
            ProtocolVersion.V311,
            output
        );
        await _socket.SendAsync(output.WrittenMemory, SocketFlags.None, cancellationToken);
        int expected = 4 + 5; // CONNACK and SUBACK.
        while (expected > 0)
            expected -= await _socket.ReceiveAsync(_buffer.AsMemory(0, expected), SocketFlags.None, cancellationToken);
    }

    /// <summary>Counts until the socket is closed. On a thread of its own: it is part of the load, not of what is measured.</summary>
    public void Run()
    {
        try
        {
            while (_socket.Receive(_buffer.AsSpan(_kept)) is > 0 and var count)
                Count(_kept + count);
        }
        catch (SocketException)
        {
            // The run is over.
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Count(int filled)
    {
        int at = 0;
        int packets = 0;
        while (
            PacketFramer.TryReadHeader(
                _buffer.AsSpan(at, filled - at),
                ProtocolVersion.V311,
                VariableByteInteger.Maximum,
                out FixedHeader header
            )
            && at + header.PacketLength <= filled
        )
        {
            at += header.PacketLength;
            packets++;
        }
        _buffer.AsSpan(at, filled - at).CopyTo(_buffer);
        _kept = filled - at;
        Volatile.Write(ref _received, _received + packets);
    }
}
