using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Ports.Loops;

namespace OmniIoT.Gateway.Listening;

/// <summary>
/// MQTT over TCP, without anything between socket and gateway: measured against Kestrel's connections, an idle one costs half the
/// memory. TLS and WebSockets are Kestrel's.
/// </summary>
internal sealed class MqttTcpListener(GatewayCore gateway, MqttEndpoint endpoint) : IHostedService, IDisposable
{
    /// <summary>Connections that wait to be accepted: a fleet that comes back at once. The kernel allows 4,096 by default.</summary>
    private const int Backlog = 4096;

    /// <summary>When the process has no handle left for a connection, one is soon given back.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopping = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <exception cref="IOException">The address is in use; the inner exception is an <see cref="AddressInUseException"/>.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener = Bind(endpoint.Address);
        endpoint.Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = Task.Run(() => AcceptAllAsync(_listener), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener?.Dispose();
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _stopping.Dispose();
    }

    private static Socket Bind(IPEndPoint address)
    {
        Socket listener = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (address.Address.Equals(IPAddress.IPv6Any))
            listener.DualMode = true;
        try
        {
            listener.Bind(address);
            listener.Listen(Backlog);
            return listener;
        }
        catch (SocketException error)
        {
            listener.Dispose();
            if (error.SocketErrorCode != SocketError.AddressAlreadyInUse)
                throw new IOException($"MQTT cannot listen on {address}: {error.Message}.", error);
            throw new IOException(
                $"Failed to bind to address mqtt://{address}: address already in use.",
                new AddressInUseException(error.Message, error)
            );
        }
    }

    private Task AcceptAllAsync(Socket listener) =>
        gateway.Loops.RunAsync(
            PartNames.Gateway,
            "accepting MQTT connections",
            token => AcceptAsync(listener, token),
            static _ => ValueTask.CompletedTask,
            _stopping.Token
        );

    private async ValueTask AcceptAsync(Socket listener, CancellationToken cancellationToken)
    {
        try
        {
            Socket socket = await listener.AcceptAsync(cancellationToken);
            ThreadPool.UnsafeQueueUserWorkItem(Serve, socket, preferLocal: false); // Without the context of who started the host.
        }
        catch (SocketException error)
        {
            Log.AcceptFailed(gateway.Logger, error.Message);
            await Task.Delay(PauseAfterFailure, gateway.Time, cancellationToken);
        }
    }

    // The registry of connections waits for it at the stop.
    private void Serve(Socket socket) => _ = ServeAsync(socket);

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                if (await TransportAsync(socket) is { } transport)
                    await ConnectionRunner.RunAsync(gateway, transport, CancellationToken.None);
            }
            catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
            {
                // It was gone before it was served.
            }
            catch (Exception error)
            {
                Log.ConnectionFailed(gateway.Logger, error, "", endpoint.Address.ToString());
            }
        }
    }

    private async ValueTask<ConnectionTransport?> TransportAsync(Socket socket)
    {
        socket.NoDelay = true;
        socket.Blocking = false;
        IPAddress address = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        SocketReader reader = new(socket);
        if (endpoint.UsesProxyProtocol)
        {
            ProxiedClient client = await ProxyProtocol.TakeHeaderAsync(reader, gateway.Time);
            if (!client.IsKnown)
                return null;
            address = client.Address?.Address ?? address;
        }
        return new ConnectionTransport(reader, new SocketWriter(socket), address, socket.Dispose);
    }
}
