using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Security;

namespace OmniIoT.Gateway.Listening;

/// <summary>
/// TLS 1.2 and 1.3 for MQTT. A client certificate is asked for and taken from whoever has one, self-signed or not: the handshake
/// proves that the client has its key, and sign-in decides whom it stands for.
/// </summary>
public static class MqttTls
{
    /// <summary>A handshake over a bad radio link takes up to 5 s.</summary>
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    private static readonly List<SslApplicationProtocol> Protocols = [new("mqtt")];

    public static ListenOptions UseMqttTls(this ListenOptions listen, ServerCertificate certificate)
    {
        GatewayCore gateway = listen.ApplicationServices.GetRequiredService<GatewayCore>();
        return listen.UseHttps(
            new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = HandshakeTimeout,
                OnConnection = context => new ValueTask<SslServerAuthenticationOptions>(Options(gateway, context.Connection, certificate)),
            }
        );
    }

    /// <summary>What the client of a connection showed; null for none.</summary>
    internal static ShownCertificate? CertificateOf(ConnectionContext connection) =>
        connection.Items.TryGetValue(typeof(ShownCertificate), out object? shown) ? (ShownCertificate?)shown : null;

#pragma warning disable CA5359 // The certificate is a client's, not a server's: whom it stands for is judged at sign-in.
    private static SslServerAuthenticationOptions Options(
        GatewayCore gateway,
        ConnectionContext connection,
        ServerCertificate certificate
    ) =>
        new()
        {
            ServerCertificateContext = certificate.Current(gateway.Logger),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = Protocols,
            ClientCertificateRequired = true, // Asked for; the call below takes a client without one.
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, shown, chain, _) =>
            {
                if (shown is X509Certificate2 own)
                    connection.Items[typeof(ShownCertificate)] = Judge(gateway, own, chain);
                return true;
            },
        };
#pragma warning restore CA5359

    private static ShownCertificate Judge(GatewayCore gateway, X509Certificate2 certificate, X509Chain? chain) =>
        ShownCertificate.From(
            certificate,
            chain?.ChainPolicy.ExtraStore ?? [],
            gateway.Options.ClientAuthorities,
            gateway.Time.GetUtcNow()
        );
}
