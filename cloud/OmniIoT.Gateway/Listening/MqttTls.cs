using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Gateway.Security;

namespace OmniIoT.Gateway.Listening;

/// <summary>TLS 1.2 and 1.3 for MQTT; see <see cref="TlsHandshake"/>.</summary>
public static class MqttTls
{
    public static ListenOptions UseMqttTls(this ListenOptions listen, ServerCertificate certificate)
    {
        TlsHandshake handshake = ActivatorUtilities.CreateInstance<TlsHandshake>(listen.ApplicationServices, certificate);
        return listen.UseHttps(
            new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = TlsTerms.HandshakeTimeout,
                OnConnection = context => new ValueTask<SslServerAuthenticationOptions>(handshake.Options(context.Connection)),
            }
        );
    }

    /// <summary>What the client of a connection showed; null for none.</summary>
    internal static ShownCertificate? CertificateOf(ConnectionContext connection) =>
        connection.Items.TryGetValue(typeof(ShownCertificate), out object? shown) ? (ShownCertificate?)shown : null;
}
