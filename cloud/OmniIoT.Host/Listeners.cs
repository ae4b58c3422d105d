using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OmniIoT.Api.Provisioning;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Listening;

namespace OmniIoT.Host;

/// <summary>Where the process listens; ports are known once the server has started.</summary>
/// <param name="handles">How many connections may be open.</param>
internal sealed class Listeners(HostSettings settings, HandleBudget handles) : IMqttPorts
{
    /// <summary>Connections that are being refused at one moment; the others wait with the system.</summary>
    private const int RefusedAtOnce = 16;

    private ListenOptions? _http;
    private ListenOptions? _https;
    private ListenOptions? _mqttTls;

    /// <summary>MQTT over TCP; the gateway listens there itself.</summary>
    public MqttEndpoint Mqtt { get; } =
        new(new IPEndPoint(settings.Bind, settings.MqttPort), settings.ProxyProtocol ? settings.TrustedProxies : null)
        {
            MaximumConnections = handles.Mqtt,
        };

    /// <summary>Connections of HTTP and TLS that are accepted at once, also to be refused.</summary>
    public int MostAccepted => (int)Math.Min((long)handles.Web + RefusedAtOnce, int.MaxValue);

    public int HttpPort => PortOf(_http);

    public int MqttPort => Mqtt.Port;

    /// <summary>Null: HTTPS is not set.</summary>
    public int? HttpTlsPort => _https?.IPEndPoint?.Port;

    /// <summary>Null: MQTT over TLS is not set.</summary>
    public int? MqttTlsPort => _mqttTls?.IPEndPoint?.Port;

    /// <summary>
    /// Ends lines of HTTP with CR LF only. RFC 9112 lets a server take a bare LF, and a balancer that does not would see another request.
    /// </summary>
    public static void EndLinesStrictly() =>
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Ten times a fence of 10,000 vertices in generous notation.
        kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
        kestrel.Limits.MaxConcurrentConnections = handles.Web;
        // A connection that becomes a WebSocket no longer counts above, but holds its place: some are left for requests.
        kestrel.Limits.MaxConcurrentUpgradedConnections = Math.Max(1, handles.Web / 4 * 3);
        kestrel.Listen(settings.Bind, settings.HttpPort, listen => _http = listen);
        if (settings.HttpTlsPort is { } httpsPort)
            Listen(kestrel, httpsPort, UseHttps(LoadCertificate("Http", settings.HttpCertificate!, settings.HttpCertificateKey)));
        if (settings.MqttTlsPort is { } mqttPort)
            Listen(kestrel, mqttPort, UseMqttTls(LoadCertificate("Mqtt", settings.Certificate!, settings.CertificateKey)));
    }

    private void Listen(KestrelServerOptions kestrel, int port, Action<ListenOptions> use) => kestrel.Listen(settings.Bind, port, use);

    private Action<ListenOptions> UseHttps(ServerCertificate certificate) =>
        listen =>
        {
            _https = listen;
            listen.UseRenewedCertificate(certificate);
        };

    private Action<ListenOptions> UseMqttTls(ServerCertificate certificate) =>
        listen =>
        {
            _mqttTls = listen;
            if (settings.ProxyProtocol)
                listen.UseProxyProtocol(settings.TrustedProxies);
            listen.UseMqttTls(certificate);
            listen.UseConnectionHandler<MqttConnectionHandler>();
        };

    private static ServerCertificate LoadCertificate(string section, string path, string? keyPath)
    {
        try
        {
            return new ServerCertificate(path, keyPath, TimeProvider.System);
        }
        catch (Exception error) when (error is System.Security.Cryptography.CryptographicException or ArgumentException)
        {
            throw new WrongSettingException(
                $"OmniIoT:{section}:Certificate",
                path,
                $"a certificate and its key in PEM ({error.Message.TrimEnd('.')})"
            );
        }
    }

    private static int PortOf(ListenOptions? listen) => listen?.IPEndPoint?.Port ?? 0;
}
