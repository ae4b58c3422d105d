using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Listening;

namespace OmniIoT.Host;

/// <summary>Where the process listens; ports are known once the server has started.</summary>
internal sealed class Listeners
{
    private ListenOptions? _http;
    private ListenOptions? _mqtt;
    private ListenOptions? _mqttTls;

    public int HttpPort => PortOf(_http);

    public int MqttPort => PortOf(_mqtt);

    /// <summary>Null: MQTT over TLS is not set.</summary>
    public int? MqttTlsPort => _mqttTls?.IPEndPoint?.Port;

    public void Configure(KestrelServerOptions kestrel, HostSettings settings)
    {
        kestrel.AddServerHeader = false;
        // Ten times a fence of 10,000 vertices in generous notation.
        kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
        kestrel.Listen(settings.Bind, settings.HttpPort, listen => _http = listen);
        kestrel.Listen(settings.Bind, settings.MqttPort, listen =>
        {
            _mqtt = listen;
            UseMqtt(listen, settings, certificate: null);
        });
        if (settings.MqttTlsPort is not { } port) return;
        ServerCertificate certificate = LoadCertificate(settings);
        kestrel.Listen(settings.Bind, port, listen =>
        {
            _mqttTls = listen;
            UseMqtt(listen, settings, certificate);
        });
    }

    private static void UseMqtt(ListenOptions listen, HostSettings settings, ServerCertificate? certificate)
    {
        if (settings.ProxyProtocol) listen.UseProxyProtocol();
        if (certificate is not null) listen.UseMqttTls(certificate);
        listen.UseConnectionHandler<MqttConnectionHandler>();
    }

    private static ServerCertificate LoadCertificate(HostSettings settings)
    {
        try
        {
            return new ServerCertificate(settings.Certificate!, settings.CertificateKey, TimeProvider.System);
        }
        catch (Exception error) when (error is System.Security.Cryptography.CryptographicException or ArgumentException)
        {
            throw new WrongSettingException("OmniIoT:Mqtt:Certificate", settings.Certificate, $"a certificate and its key in PEM ({error.Message.TrimEnd('.')})");
        }
    }

    private static int PortOf(ListenOptions? listen) => listen?.IPEndPoint?.Port ?? 0;
}
