using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using OmniIoT.Gateway.Options;
using OmniIoT.Gateway.Security;

namespace OmniIoT.Gateway.Listening;

/// <summary>
/// How TLS with a client begins. A client certificate is asked for and taken from whoever has one, self-signed or not: the handshake
/// proves that the client has its key, and sign-in decides whom it stands for.
/// </summary>
internal sealed class TlsHandshake(
    ServerCertificate certificate,
    MqttGatewayOptions options,
    TimeProvider time,
    ILogger<ServerCertificate> logger
)
{
    private static readonly List<SslApplicationProtocol> Protocols = [new("mqtt")];

#pragma warning disable CA5359 // The certificate is a client's, not a server's: whom it stands for is judged at sign-in.
    public SslServerAuthenticationOptions Options(ConnectionContext connection) =>
        new()
        {
            ServerCertificateContext = certificate.Current(logger),
            EnabledSslProtocols = TlsTerms.Protocols,
            CipherSuitesPolicy = TlsTerms.CipherSuites,
            ApplicationProtocols = Protocols,
            ClientCertificateRequired = true, // Asked for; the call below takes a client without one.
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, shown, chain, _) =>
            {
                if (shown is X509Certificate2 own)
                    connection.Items[typeof(ShownCertificate)] = Judge(own, chain);
                return true;
            },
        };
#pragma warning restore CA5359

    private ShownCertificate Judge(X509Certificate2 shown, X509Chain? chain) =>
        ShownCertificate.From(shown, chain?.ChainPolicy.ExtraStore ?? [], options.ClientAuthorities, time.GetUtcNow());
}
