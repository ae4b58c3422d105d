using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace OmniIoT.TestKit.Hosting;

/// <summary>
/// A port that nobody has now, for a server that must come back on the same one. Below those that the system gives to outgoing
/// connections: while the server is away, one of these could take the port, and a client that asks for it could even reach itself.
/// </summary>
public static class FreePort
{
    private const int Lowest = 10_000;
    private const int Count = 20_000; // Linux gives out 32,768 and above.

    private static int _next = RandomNumberGenerator.GetInt32(Count);

    /// <summary>Never the same twice in a process, unless all were asked for.</summary>
    public static int Find()
    {
        int port;
        do port = Lowest + ((Interlocked.Increment(ref _next) & int.MaxValue) % Count);
        while (!IsFree(port));
        return port;
    }

    private static bool IsFree(int port)
    {
        using TcpListener listener = new(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
