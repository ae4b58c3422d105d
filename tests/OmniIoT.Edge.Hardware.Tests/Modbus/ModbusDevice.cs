using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace OmniIoT.Edge.Hardware.Tests.Modbus;

/// <summary>A device on a free port that answers reads by the specification, frame by frame.</summary>
internal sealed class ModbusDevice : IAsyncDisposable
{
    private const byte IllegalAddress = 2;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public ModbusDevice()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>By function and address; a bit is 0 or 1.</summary>
    public Dictionary<(byte Function, ushort Address), ushort> Registers { get; } = [];

    /// <summary>Changes an answer before it is sent; null leaves it out and ends the connection.</summary>
    public Func<byte[], byte[]?> Answered { get; set; } = answer => answer;

    /// <summary>As they came.</summary>
    public List<byte[]> Requests { get; } = [];

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                try
                {
                    await AnswerAsync(client.GetStream());
                }
                catch (IOException)
                {
                    // Whoever leaves an answer unread cuts the connection.
                }
            }
        }
        catch (OperationCanceledException) { }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        byte[] request = new byte[12];
        while (await stream.ReadAtLeastAsync(request, request.Length, throwOnEndOfStream: false, _stop.Token) == request.Length)
        {
            Requests.Add([.. request]);
            if (Answered(Answer(request)) is not { } answer)
                return;
            await stream.WriteAsync(answer, _stop.Token);
        }
    }

    private byte[] Answer(byte[] request)
    {
        byte function = request[7];
        ushort address = BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(8));
        ushort count = BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(10));
        ushort[] values = new ushort[count];
        for (ushort index = 0; index < count; index++)
            if (!Registers.TryGetValue((function, (ushort)(address + index)), out values[index]))
                return Frame(request, [(byte)(function | 0x80), IllegalAddress]);
        byte[] content = function <= 2 ? [(byte)values[0]] : [.. values.SelectMany(value => new[] { (byte)(value >> 8), (byte)value })];
        return Frame(request, [function, (byte)content.Length, .. content]);
    }

    private static byte[] Frame(byte[] request, byte[] body) => [.. request[..4], 0, (byte)(body.Length + 1), request[6], .. body];
}
