using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OmniIoT.Mqtt.Client;

/// <summary>Opens the byte stream under a connection.</summary>
internal static class ClientTransport
{
    public static async Task<(Socket Socket, Stream Stream)> OpenAsync(MqttClientOptions options, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellationToken);
            NetworkStream stream = new(socket, ownsSocket: true);
            return (socket, options.Tls is null ? stream : await SecureAsync(stream, options, options.Tls, cancellationToken));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(
        NetworkStream inner,
        MqttClientOptions options,
        MqttTlsOptions tls,
        CancellationToken cancellationToken
    )
    {
        SslStream stream = new(inner);
        SslClientAuthenticationOptions authentication = new SslClientAuthenticationOptions
        {
            TargetHost = tls.TargetHost ?? options.Host,
            ClientCertificates = tls.ClientCertificate is null ? null : [tls.ClientCertificate],
            CertificateChainPolicy = tls.CertificateAuthorities is null ? null : TrustOnly(tls.CertificateAuthorities),
            RemoteCertificateValidationCallback = tls.Pin is { } pin ? (_, shown, _, _) => IsPinned(shown, pin.Span) : null,
        };
        await stream.AuthenticateAsClientAsync(authentication, cancellationToken);
        return stream;
    }

    /// <summary>What the handshake proved the server to own is what is pinned.</summary>
    private static bool IsPinned(X509Certificate? shown, ReadOnlySpan<byte> pin) =>
        shown is X509Certificate2 certificate
        && (
            SHA256.HashData(certificate.RawDataMemory.Span).AsSpan().SequenceEqual(pin)
            || SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()).AsSpan().SequenceEqual(pin)
        );

    private static X509ChainPolicy TrustOnly(X509Certificate2Collection authorities)
    {
        // A private authority publishes no revocation list.
        X509ChainPolicy policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
