using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace OmniIoT.Gateway.Listening;

/// <summary>
/// Lets a listener stand behind a load balancer: every connection begins with a <see cref="ProxyHeader"/>, and the address in it is
/// the client's from then on, for limits and logs. A connection without one is closed: who can reach the port past the balancer
/// could claim any address.
/// </summary>
public static class ProxyProtocol
{
    /// <summary>Longer than any balancer takes for its first bytes.</summary>
    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Goes before TLS, which begins behind the header.</summary>
    public static ListenOptions UseProxyProtocol(this ListenOptions listen)
    {
        TimeProvider time = listen.ApplicationServices.GetRequiredService<TimeProvider>();
        listen.Use(next => connection => RunAsync(connection, next, time));
        return listen;
    }

    private static async Task RunAsync(ConnectionContext connection, ConnectionDelegate next, TimeProvider time)
    {
        if (await TryTakeHeaderAsync(connection, time)) await next(connection);
        else connection.Abort();
    }

    private static async Task<bool> TryTakeHeaderAsync(ConnectionContext connection, TimeProvider time)
    {
        using CancellationTokenSource limit = new(HeaderTimeout, time);
        try
        {
            return await TryTakeHeaderAsync(connection, limit.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            return false;
        }
    }

    private static async Task<bool> TryTakeHeaderAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        PipeReader input = connection.Transport.Input;
        while (true)
        {
            ReadResult result = await input.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = result.Buffer;
            ProxyHeaderState state = ProxyHeader.TryRead(ref buffer, out IPEndPoint? source);
            input.AdvanceTo(buffer.Start, state == ProxyHeaderState.Incomplete ? buffer.End : buffer.Start);
            if (source is not null) connection.RemoteEndPoint = source;
            if (state != ProxyHeaderState.Incomplete) return state == ProxyHeaderState.Complete;
            if (result.IsCompleted) return false;
        }
    }
}
