using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Ports.Loops;

namespace OmniIoT.Gateway.Listening;

/// <summary>
/// MQTT over TCP, without anything between socket and gateway: measured against Kestrel's connections, an idle one costs half the
/// memory. TLS and WebSockets are Kestrel's.
/// </summary>
internal sealed class MqttTcpListener(
    MqttEndpoint endpoint,
    ConnectionRunner runner,
    BackgroundLoops loops,
    TimeProvider time,
    ILogger<MqttTcpListener> logger
) : IHostedService, IDisposable
{
    /// <summary>Connections that wait to be accepted: a fleet that comes back at once. The kernel allows 4,096 by default.</summary>
    private const int Backlog = 4096;

    /// <summary>When the process has no handle left for a connection, one is soon given back.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly Telling _refusals = new(time);
    private readonly Telling _failures = new(time);
    private readonly CancellationTokenSource _stopping = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _open;

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
        loops.RunAsync(
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
            if (Interlocked.Increment(ref _open) <= endpoint.MaximumConnections)
                ThreadPool.UnsafeQueueUserWorkItem(Serve, socket, preferLocal: false); // Without the context of who started the host.
            else
                Refuse(socket);
        }
        catch (SocketException error)
        {
            if (_failures.IsDue())
                Log.AcceptFailed(logger, error.Message);
            await Task.Delay(PauseAfterFailure, time, cancellationToken);
        }
    }

    private void Refuse(Socket socket)
    {
        Interlocked.Decrement(ref _open);
        socket.Dispose();
        if (_refusals.IsDue())
            Log.ConnectionsFull(logger, endpoint.MaximumConnections);
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
                    await runner.RunAsync(transport, CancellationToken.None);
            }
            catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
            {
                // It was gone before it was served.
            }
            catch (Exception error)
            {
                Log.ConnectionFailed(logger, error, "", endpoint.Address.ToString());
            }
        }
        Interlocked.Decrement(ref _open); // Only now its handle is free.
    }

    private async ValueTask<ConnectionTransport?> TransportAsync(Socket socket)
    {
        socket.NoDelay = true;
        socket.Blocking = false;
        IPAddress address = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        SocketReader reader = new(socket);
        if (endpoint.Proxies is { } proxies)
        {
            if (!proxies.Contains(socket.RemoteEndPoint))
                return null;
            ProxiedClient client = await ProxyProtocol.TakeHeaderAsync(reader, time);
            if (!client.IsKnown)
                return null;
            address = client.Address?.Address ?? address;
        }
        return new ConnectionTransport(reader, new SocketWriter(socket), address, socket.Dispose);
    }
}
