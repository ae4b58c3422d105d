using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OmniIoT.Api.Provisioning;
using OmniIoT.Gateway.Hosting;

namespace OmniIoT.Host;

/// <summary>Where the process listens; ports are known once the server has started.</summary>
internal sealed class Listeners : IMqttPorts
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
            listen.UseConnectionHandler<MqttConnectionHandler>();
        });
        if (settings.MqttTlsPort is { } port) kestrel.Listen(settings.Bind, port, listen => UseTls(listen, settings));
    }

    private void UseTls(ListenOptions listen, HostSettings settings)
    {
        _mqttTls = listen;
        listen.UseHttps(LoadCertificate(settings));
        listen.UseConnectionHandler<MqttConnectionHandler>();
    }

    private static X509Certificate2 LoadCertificate(HostSettings settings)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(settings.Certificate!, settings.CertificateKey);
        }
        catch (Exception error) when (error is System.Security.Cryptography.CryptographicException or ArgumentException)
        {
            throw new WrongSettingException("OmniIoT:Mqtt:Certificate", settings.Certificate, $"a certificate and its key in PEM ({error.Message.TrimEnd('.')})");
        }
    }

    private static int PortOf(ListenOptions? listen) => listen?.IPEndPoint?.Port ?? 0;
}
