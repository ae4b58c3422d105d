using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OmniIoT.Api.Provisioning;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Listening;

namespace OmniIoT.Host;

/// <summary>Where the process listens; ports are known once the server has started.</summary>
internal sealed class Listeners(HostSettings settings) : IMqttPorts
{
    private ListenOptions? _http;
    private ListenOptions? _mqttTls;

    /// <summary>MQTT over TCP; the gateway listens there itself.</summary>
    public MqttEndpoint Mqtt { get; } = new(new IPEndPoint(settings.Bind, settings.MqttPort), settings.ProxyProtocol);

    public int HttpPort => PortOf(_http);

    public int MqttPort => Mqtt.Port;

    /// <summary>Null: MQTT over TLS is not set.</summary>
    public int? MqttTlsPort => _mqttTls?.IPEndPoint?.Port;

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Ten times a fence of 10,000 vertices in generous notation.
        kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
        kestrel.Listen(settings.Bind, settings.HttpPort, listen => _http = listen);
        if (settings.MqttTlsPort is not { } port)
            return;
        ServerCertificate certificate = LoadCertificate();
        kestrel.Listen(
            settings.Bind,
            port,
            listen =>
            {
                _mqttTls = listen;
                UseMqttTls(listen, certificate);
            }
        );
    }

    private void UseMqttTls(ListenOptions listen, ServerCertificate certificate)
    {
        if (settings.ProxyProtocol)
            listen.UseProxyProtocol();
        listen.UseMqttTls(certificate);
        listen.UseConnectionHandler<MqttConnectionHandler>();
    }

    private ServerCertificate LoadCertificate()
    {
        try
        {
            return new ServerCertificate(settings.Certificate!, settings.CertificateKey, TimeProvider.System);
        }
        catch (Exception error) when (error is System.Security.Cryptography.CryptographicException or ArgumentException)
        {
            throw new WrongSettingException(
                "OmniIoT:Mqtt:Certificate",
                settings.Certificate,
                $"a certificate and its key in PEM ({error.Message.TrimEnd('.')})"
            );
        }
    }

    private static int PortOf(ListenOptions? listen) => listen?.IPEndPoint?.Port ?? 0;
}
