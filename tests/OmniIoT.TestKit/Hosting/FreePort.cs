using System.Net;
using System.Net.Sockets;

namespace OmniIoT.TestKit.Hosting;

/// <summary>A port that nobody has now, for a server that must come back on the same one.</summary>
public static class FreePort
{
    public static int Find()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
