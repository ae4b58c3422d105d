using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Provisioning;

/// <summary>
/// Root certificates that a fleet's certificates are chained to. Paths are validated as RFC 5280, section 6, says: signatures, dates,
/// basic constraints, key usage; without revocation lists, because nothing is fetched. A certificate with extended key usages
/// must be good for client authentication.
/// </summary>
public static class CertificateAuthority
{
    /// <summary>Of the device's certificate and those between it and the root.</summary>
    public const int MaxChainLength = 8;

    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Says what is wrong with roots in PEM; null when they will do.</summary>
    public static string? FindMistake(string pem)
    {
        if (TryRead(pem) is not { Count: > 0 } roots)
            return "must be one or more certificates in PEM";
        using Certificates owned = new(roots);
        foreach (X509Certificate2 root in roots)
        {
            if (!IsAuthority(root))
                return $"{root.Subject} is no certificate authority: its basic constraints must say so";
            if (!root.SubjectName.RawData.AsSpan().SequenceEqual(root.IssuerName.RawData))
                return $"{root.Subject} is no root: it was issued by {root.Issuer}; give the root, devices send what stands between";
        }
        return null;
    }

    /// <summary>
    /// Whether a chain leads from its first certificate to one of the roots at that time; null when it does, else why not.
    /// </summary>
    public static string? FindMistake(string roots, X509Certificate2Collection chain, Instant at)
    {
        using Certificates trusted = new(TryRead(roots) ?? []);
        using X509Chain path = new()
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                VerificationTime = at.ToDateTimeOffset().UtcDateTime,
                ApplicationPolicy = { new Oid(ClientAuthentication) },
            },
        };
        path.ChainPolicy.CustomTrustStore.AddRange(trusted.All);
        path.ChainPolicy.ExtraStore.AddRange(chain);
        bool leads = path.Build(chain[0]);
        string? mistake = leads ? null : string.Join("; ", path.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct());
        foreach (X509ChainElement element in path.ChainElements)
            element.Certificate.Dispose();
        return mistake;
    }

    /// <summary>Reads every certificate of a PEM text; null when one is damaged.</summary>
    internal static X509Certificate2Collection? TryRead(string pem)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPem(pem);
            return certificates;
        }
        catch (CryptographicException)
        {
            foreach (X509Certificate2 certificate in certificates)
                certificate.Dispose();
            return null;
        }
    }

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);
}

/// <summary>Lets go of what certificates hold outside of managed memory.</summary>
internal readonly ref struct Certificates(X509Certificate2Collection all) : IDisposable
{
    public X509Certificate2Collection All { get; } = all;

    public void Dispose()
    {
        foreach (X509Certificate2 certificate in All)
            certificate.Dispose();
    }
}
