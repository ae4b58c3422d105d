using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Tests.Client;

/// <summary>A server that says what the test tells it, for what no well-behaved broker does.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ScriptedServer() => _listener.Start();

    public MqttClientOptions Options =>
        new()
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
            ClientId = "scripted",
            CleanStart = false,
            ReconnectDelay = TimeSpan.FromMilliseconds(10),
        };

    /// <summary>Takes the next connection and accepts its CONNECT with this CONNACK.</summary>
    public async Task<Peer> AcceptAsync(ConnAckPacket accepted)
    {
        Peer peer = new(await Clients.WithPatience(_listener.AcceptTcpClientAsync(), "a connection"));
        await peer.ExpectAsync("CONNECT");
        await peer.SendAsync(output => accepted.Encode(ProtocolVersion.V5, output));
        return peer;
    }

    public void Dispose() => _listener.Dispose();

    internal sealed class Peer(TcpClient connection) : IDisposable
    {
        private readonly PipeReader _input = PipeReader.Create(connection.GetStream());

        public async Task SendAsync(Action<IBufferWriter<byte>> write)
        {
            ArrayBufferWriter<byte> output = new();
            write(output);
            await connection.GetStream().WriteAsync(output.WrittenMemory);
        }

        /// <summary>Reads the next packet and requires that its words start with these.</summary>
        public async Task ExpectAsync(string start) =>
            Assert.StartsWith(start, await Clients.WithPatience(NextAsync(), start), StringComparison.Ordinal);

        public void Dispose() => connection.Dispose();

        private async Task<string> NextAsync()
        {
            while (true)
            {
                ReadResult result = await _input.ReadAsync();
                ReadOnlySequence<byte> buffer = result.Buffer;
                if (PacketFramer.TryReadFrame(ref buffer, ProtocolVersion.V5, 1 << 20, out PacketFrame frame))
                {
                    string text = WireText.Describe(ProtocolVersion.V5, frame).Text;
                    _input.AdvanceTo(buffer.Start);
                    return text;
                }

                if (result.IsCompleted)
                    return "(closed)";
                _input.AdvanceTo(buffer.Start, buffer.End);
            }
        }
    }
}
