using System.Net.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using OmniIoT.Gateway.Listening;

namespace OmniIoT.Host;

/// <summary>HTTPS with a certificate that is renewed without a restart.</summary>
internal static class Https
{
    private static readonly List<SslApplicationProtocol> Protocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];

    public static ListenOptions UseRenewedCertificate(this ListenOptions listen, ServerCertificate certificate)
    {
        ILogger logger = listen.ApplicationServices.GetRequiredService<ILogger<ServerCertificate>>();
        return listen.UseHttps(
            new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = TlsTerms.HandshakeTimeout,
                OnConnection = _ => new ValueTask<SslServerAuthenticationOptions>(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = certificate.Current(logger),
                        EnabledSslProtocols = TlsTerms.Protocols,
                        CipherSuitesPolicy = TlsTerms.CipherSuites,
                        ApplicationProtocols = Protocols,
                    }
                ),
            }
        );
    }
}
