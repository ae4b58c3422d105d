using System.Net.Security;
using System.Security.Authentication;

namespace OmniIoT.Gateway.Listening;

/// <summary>What every TLS listener speaks: 1.2 and 1.3, and only ciphers that authenticate what they encrypt.</summary>
public static class TlsTerms
{
    /// <summary>A handshake over a bad radio link takes up to 5 s.</summary>
    public static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    public const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>
    /// The recommended suites of RFC 9325, 4.2 (2022), and those of TLS 1.3: no CBC, no exchange of keys without forward secrecy. Null
    /// where the system's own policy rules, on Windows and macOS.
    /// </summary>
    public static CipherSuitesPolicy? CipherSuites { get; } =
        OperatingSystem.IsLinux()
            ? new CipherSuitesPolicy([
                TlsCipherSuite.TLS_AES_128_GCM_SHA256,
                TlsCipherSuite.TLS_AES_256_GCM_SHA384,
                TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
                TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
            ])
            : null;
}
