using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OmniIoT.Host;

/// <summary>
/// Looks before the start whether the ports can be had: then one line names the setting, where the server would fail half-way
/// through its start. Whoever takes a port in between is still noticed there.
/// </summary>
internal static class FreePorts
{
    /// <exception cref="WrongSettingException">A port cannot be had.</exception>
    public static void Check(HostSettings settings)
    {
        HashSet<int> taken = [];
        Check(settings, "OmniIoT:Http:Port", settings.HttpPort, taken);
        Check(settings, "OmniIoT:Mqtt:Port", settings.MqttPort, taken);
        if (settings.Cluster is { SiloPort: > 0 and var siloPort })
            Check(settings, "OmniIoT:Cluster:SiloPort", siloPort, taken);
        if (settings.MqttTlsPort is { } tlsPort)
            Check(settings, "OmniIoT:Mqtt:TlsPort", tlsPort, taken);
        if (settings.HttpTlsPort is { } httpsPort)
            Check(settings, "OmniIoT:Http:TlsPort", httpsPort, taken);
    }

    private static void Check(HostSettings settings, string key, int port, HashSet<int> taken)
    {
        string value = port.ToString(CultureInfo.InvariantCulture);
        if (port != 0 && !taken.Add(port))
            throw new WrongSettingException(key, value, "a port of its own; another setting names this one");
        try
        {
            using Socket probe = new(settings.Bind.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(settings.Bind, port));
        }
        catch (SocketException error)
        {
            throw error.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => new WrongSettingException(
                    key,
                    value,
                    "a port that nobody listens on yet, or 0 to pick one"
                ),
                SocketError.AccessDenied => new WrongSettingException(key, value, "a port that this user may open, or 0 to pick one"),
                _ => new WrongSettingException("OmniIoT:Bind", settings.Bind.ToString(), $"an address of this machine ({error.Message})"),
            };
        }
    }
}
