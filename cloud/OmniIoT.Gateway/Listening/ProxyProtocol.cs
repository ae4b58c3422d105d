using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace OmniIoT.Gateway.Listening;

/// <summary>
/// Lets a listener stand behind a load balancer: every connection begins with a <see cref="ProxyHeader"/>, and the address in it is
/// the client's from then on, for limits and logs. A connection without one, or from somewhere else, is closed: who can reach the port
/// past the balancer could claim any address.
/// </summary>
public static class ProxyProtocol
{
    /// <summary>Longer than any balancer takes for its first bytes.</summary>
    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(5);

    /// <summary>For a TLS listener of Kestrel; goes before TLS, which begins behind the header.</summary>
    public static ListenOptions UseProxyProtocol(this ListenOptions listen, TrustedProxies proxies)
    {
        TimeProvider time = listen.ApplicationServices.GetRequiredService<TimeProvider>();
        listen.Use(next => connection => RunAsync(connection, next, proxies, time));
        return listen;
    }

    /// <summary>Takes the header off the front of a connection.</summary>
    internal static async Task<ProxiedClient> TakeHeaderAsync(PipeReader input, TimeProvider time)
    {
        using CancellationTokenSource limit = new(HeaderTimeout, time);
        try
        {
            return await TakeHeaderAsync(input, limit.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            return default;
        }
    }

    private static async Task RunAsync(ConnectionContext connection, ConnectionDelegate next, TrustedProxies proxies, TimeProvider time)
    {
        if (!proxies.Contains(connection.RemoteEndPoint))
            return; // Which closes it.
        ProxiedClient client = await TakeHeaderAsync(connection.Transport.Input, time);
        if (client.Address is not null)
            connection.RemoteEndPoint = client.Address;
        if (client.IsKnown)
            await next(connection);
        else
            connection.Abort();
    }

    private static async Task<ProxiedClient> TakeHeaderAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await input.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = result.Buffer;
            ProxyHeaderState state = ProxyHeader.TryRead(ref buffer, out IPEndPoint? source);
            input.AdvanceTo(buffer.Start, state == ProxyHeaderState.Incomplete ? buffer.End : buffer.Start);
            if (state != ProxyHeaderState.Incomplete)
                return new ProxiedClient(state == ProxyHeaderState.Complete, source);
            if (result.IsCompleted)
                return default;
        }
    }
}

/// <summary>Who comes through the load balancer.</summary>
/// <param name="IsKnown">Whether there was a header.</param>
/// <param name="Address">Null when the balancer speaks for itself.</param>
internal readonly record struct ProxiedClient(bool IsKnown, IPEndPoint? Address);
