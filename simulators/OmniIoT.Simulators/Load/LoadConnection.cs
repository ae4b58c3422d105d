using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Simulators.Load;

/// <summary>
/// One device at full speed: a socket that never blocks, a window of messages under way, acknowledgements counted where
/// they lie. After the sign-in nothing is allocated. Not safe for concurrent use: one loop visits it.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private const int AckLength = 4;

    private readonly LoadOptions _options;
    private readonly TimeProvider _time;
    private readonly PublishTemplate _template;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _send;
    private readonly byte[] _receive;
    private readonly long[] _sentAt;
    private readonly ushort[] _free;
    private readonly int _refill;
    private int _freeCount;
    private int _received;
    private int _toSend;
    private long _sequence;
    private LoadSchedule _schedule;

    public LoadConnection(LoadOptions options, string topic, TimeProvider time)
    {
        (_options, _time) = (options, time);
        // Sending a quarter of the window at once keeps the generator cheap; three quarters stay under way meanwhile.
        _refill = Math.Max(1, options.Window / 4);
        _template = new PublishTemplate(topic, options.Qos, options.PayloadBytes);
        _send = new byte[options.Window * (_template.Length + AckLength)];
        _receive = new byte[Math.Max(4096, 2 * AckLength * options.Window)];
        _sentAt = new long[options.Window + 1];
        _free = new ushort[options.Window];
        for (int slot = options.Window; slot > 0; slot--)
            _free[_freeCount++] = (ushort)slot;
        // Microseconds since 1970: above those of every earlier run, as the contract asks of seq.
        _sequence = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
    }

    /// <summary>From the sending (paced: from the scheduled time) to the acknowledgement.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>With QoS 0: handed to the socket.</summary>
    public long Acknowledged { get; private set; }

    public async Task ConnectAsync(string clientId, string? userName, string? password, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(_options.Host.MqttHost, _options.Host.MqttPort, cancellationToken);
        ArrayBufferWriter<byte> output = new();
        new ConnectPacket(ProtocolVersion.V311, clientId)
        {
            UserName = userName,
            // Typed: a null array would turn into an empty password, not into none.
            Password = password is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(password),
        }.Encode(output);
        await _socket.SendAsync(output.WrittenMemory, SocketFlags.None, cancellationToken);
        while (_received < AckLength)
        {
            int count = await _socket.ReceiveAsync(
                _receive.AsMemory(_received, AckLength - _received),
                SocketFlags.None,
                cancellationToken
            );
            if (count == 0)
                throw new SimulationException($"The host closed the connection on the sign-in of {userName ?? clientId}.");
            _received += count;
        }
        if (_receive[0] >> 4 != (int)PacketType.ConnAck || _receive[3] != 0)
            throw new SimulationException($"The host refused the sign-in of {userName ?? clientId}: CONNACK code {_receive[3]}.");
        _received = 0;
    }

    /// <summary>Whether nothing is under way.</summary>
    public bool IsIdle => _freeCount == _options.Window && _toSend == 0;

    /// <summary>From now on messages fall due.</summary>
    public void Start(long started)
    {
        _socket.Blocking = false;
        _schedule = new LoadSchedule(_options, started, _time.TimestampFrequency);
    }

    /// <summary>One visit: takes the acknowledgements that have come, sends what is due unless stopping. Never blocks.</summary>
    public void Turn(bool stopping)
    {
        long now = _time.GetTimestamp();
        if (Receive())
            TakeAcknowledgements(now);
        if (!stopping && (_freeCount >= _refill || _schedule.IsBounded))
            Fill(now);
        Send();
    }

    public void Dispose() => _socket.Dispose();

    private void Fill(long now)
    {
        // At QoS 0 nothing is under way: then what the host has not taken yet bounds what is added.
        int due = Math.Min(Math.Min(_schedule.Due(now), _freeCount), (_send.Length - _toSend) / _template.Length);
        long milliseconds = _time.GetUtcNow().ToUnixTimeMilliseconds();
        for (int n = 0; n < due; n++)
        {
            long scheduled = _schedule.Take();
            ushort slot = _free[--_freeCount];
            _template.Write(_send.AsSpan(_toSend), slot, milliseconds, _sequence++);
            _toSend += _template.Length;
            _sentAt[slot] = _options.Paced ? scheduled : now;
            if (_options.Qos == QualityOfService.AtMostOnce)
                Complete(slot, now);
        }
    }

    private void Complete(ushort slot, long now)
    {
        Latency.Add((now - _sentAt[slot]) * 1_000_000 / _time.TimestampFrequency);
        _free[_freeCount++] = slot;
        Acknowledged++;
    }

    private void TakeAcknowledgements(long now)
    {
        int at = 0;
        for (; at + AckLength <= _received; at += AckLength)
        {
            PacketType type = (PacketType)(_receive[at] >> 4);
            ushort slot = BinaryPrimitives.ReadUInt16BigEndian(_receive.AsSpan(at + 2));
            if (type == PacketType.PubRec)
                _toSend += AckWriter.Write(_send.AsSpan(_toSend), ProtocolVersion.V311, PacketType.PubRel, slot);
            else if (type is PacketType.PubAck or PacketType.PubComp)
                Complete(slot, now);
            else
                throw new SimulationException($"The host sent {type} where an acknowledgement was due.");
        }
        _receive.AsSpan(at, _received - at).CopyTo(_receive);
        _received -= at;
    }

    private bool Receive()
    {
        int count = _socket.Receive(_receive.AsSpan(_received), SocketFlags.None, out SocketError error);
        if (error == SocketError.WouldBlock)
            return false;
        if (error != SocketError.Success)
            throw new SocketException((int)error);
        if (count == 0)
            throw new SimulationException("The host closed the connection.");
        _received += count;
        return true;
    }

    /// <summary>What a host that reads slowly does not take now is offered again at the next visit.</summary>
    private void Send()
    {
        if (_toSend == 0)
            return;
        int sent = _socket.Send(_send.AsSpan(0, _toSend), SocketFlags.None, out SocketError error);
        if (error is not (SocketError.Success or SocketError.WouldBlock))
            throw new SocketException((int)error);
        if (error != SocketError.Success)
            return;
        // Moved to the front, so that the window bounds the buffer.
        _send.AsSpan(sent, _toSend - sent).CopyTo(_send);
        _toSend -= sent;
    }
}
