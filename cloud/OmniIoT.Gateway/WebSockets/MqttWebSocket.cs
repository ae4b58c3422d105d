using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Options;

namespace OmniIoT.Gateway.WebSockets;

/// <summary>Accepts MQTT over WebSocket: MQTT5 section 6, MQTT311 section 6.</summary>
internal sealed class MqttWebSocket(
    ConnectionRunner runner,
    MqttGatewayOptions options,
    IHostApplicationLifetime lifetime,
    TimeProvider time
)
{
    private const string SubProtocol = "mqtt"; // MQTT5 [MQTT-6.0.0-3] [MQTT-6.0.0-4], MQTT311 [MQTT-6.0.0-3] [MQTT-6.0.0-4]

    public async Task AcceptAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || !context.WebSockets.WebSocketRequestedProtocols.Contains(SubProtocol))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync("MQTT over WebSocket needs an upgrade with the sub-protocol 'mqtt'.", context.RequestAborted);
            return;
        }
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(SubProtocol);
        await RunAsync(context, socket);
    }

    private async Task RunAsync(HttpContext context, WebSocket socket)
    {
        WebSocketPipe pipe = new(socket);
        IPAddress? address = context.Connection.RemoteIpAddress;
        ConnectionTransport transport = new(pipe.Input, pipe.Output, address, socket.Abort);
        Task pumps = pipe.RunAsync(context.RequestAborted);
        await runner.RunAsync(transport, lifetime.ApplicationStopping);
        await pipe.Input.CompleteAsync();
        await pipe.Output.CompleteAsync();
        try
        {
            await pumps.WaitAsync(options.CloseTimeout, time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            socket.Abort(); // The peer does not answer our closing.
        }
    }
}
