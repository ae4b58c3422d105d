using System.Net.WebSockets;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Tests.Clients;

public sealed class WebSocketTests
{
    [Fact]
    [Statement("MQTT-6.0.0-2", V5), Statement("MQTT-6.0.0-2", V311), Statement("MQTT-6.0.0-4", V5), Statement("MQTT-6.0.0-4", V311)]
    public async Task MQTT_runs_over_a_WebSocket_whose_frames_cut_packets_anywhere()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{host.HttpPort}/mqtt"), CancellationToken.None);
        ArrayBufferWriter<byte> bytes = new();
        new ConnectPacket(V5, "ws") { UserName = "press-7", Password = "s3cret"u8.ToArray() }.Encode(bytes);
        PublishWriter.Write(bytes, V5, "devices/press-7/telemetry"u8, "{}"u8, QualityOfService.AtLeastOnce, packetIdentifier: 7);

        foreach (byte[] piece in bytes.WrittenSpan.ToArray().Chunk(5))
            await socket.SendAsync(piece, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        byte[] received = await ReceiveAsync(socket, until: all => all.Length > 4 && all[^4] == 0x40);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

        Assert.Equal("mqtt", socket.SubProtocol);
        Assert.Equal([0x40, 2, 0, 7], received[^4..]);
        Assert.Single(host.Ingress.Messages);
    }

    [Fact]
    [Statement("MQTT-6.0.0-1", V5), Statement("MQTT-6.0.0-1", V311)]
    public async Task A_text_frame_ends_the_connection()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{host.HttpPort}/mqtt"), CancellationToken.None);

        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        WebSocketReceiveResult result = await Within.LimitAsync(socket.ReceiveAsync(new byte[10], CancellationToken.None));
        Assert.Equal(WebSocketMessageType.Close, result.MessageType);
    }

    [Fact]
    public async Task Without_the_sub_protocol_there_is_no_upgrade()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using ClientWebSocket socket = new();
        await Assert.ThrowsAsync<WebSocketException>(() =>
            socket.ConnectAsync(new Uri($"ws://127.0.0.1:{host.HttpPort}/mqtt"), CancellationToken.None)
        );
    }

    private static async Task<byte[]> ReceiveAsync(ClientWebSocket socket, Func<byte[], bool> until)
    {
        byte[] all = [];
        byte[] buffer = new byte[1024];
        while (!until(all))
        {
            WebSocketReceiveResult result = await Within.LimitAsync(socket.ReceiveAsync(buffer, CancellationToken.None));
            all = [.. all, .. buffer[..result.Count]];
        }
        return all;
    }
}
