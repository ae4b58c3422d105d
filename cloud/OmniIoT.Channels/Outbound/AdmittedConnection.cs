using System.Net;
using System.Net.Sockets;

namespace OmniIoT.Channels.Outbound;

/// <summary>
/// Connects only where it is allowed to: the address that a name leads to is judged, and that very address is connected to, so that a name
/// which leads elsewhere a moment later changes nothing.
/// </summary>
internal static class AdmittedConnection
{
    /// <exception cref="HttpRequestException">None of the host's addresses may be connected to.</exception>
    /// <exception cref="SocketException">The name leads nowhere, or nobody answers.</exception>
    public static async ValueTask<Stream> OpenAsync(DnsEndPoint host, Func<IPAddress, bool> admits, CancellationToken cancellationToken)
    {
        IPAddress[] found = await Dns.GetHostAddressesAsync(host.Host, cancellationToken);
        IPAddress[] admitted = Array.FindAll(found, address => admits(address));
        if (admitted.Length == 0)
            throw new HttpRequestException($"'{host.Host}' lies in a private network, where nobody is called.");
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(admitted, host.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
