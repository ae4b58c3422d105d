using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OmniIoT.Gateway.Security;

/// <summary>A certificate that a client showed in its TLS handshake.</summary>
/// <param name="Thumbprint">SHA-256 of the certificate, lower-case hexadecimal.</param>
/// <param name="CommonName">Of its subject; empty when it has none.</param>
/// <param name="IsTrusted">Whether it leads, valid today, to one of the authorities of the options.</param>
internal sealed record ShownCertificate(string Thumbprint, string CommonName, bool IsTrusted)
{
    /// <param name="sent">What the client sent with it: the authorities in between.</param>
    public static ShownCertificate From(
        X509Certificate2 certificate,
        X509Certificate2Collection sent,
        X509Certificate2Collection authorities,
        DateTimeOffset now
    ) =>
        new(
            certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(),
            certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false),
            authorities.Count > 0 && IsTrustedBy(certificate, sent, authorities, now)
        );

    private static bool IsTrustedBy(
        X509Certificate2 certificate,
        X509Certificate2Collection sent,
        X509Certificate2Collection authorities,
        DateTimeOffset now
    )
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // A device is revoked by removing it, or its thumbprint.
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.DisableCertificateDownloads = true; // A stranger's certificate must not make the gateway fetch addresses.
        return chain.Build(certificate);
    }
}
