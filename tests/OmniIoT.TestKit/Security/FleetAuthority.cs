using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OmniIoT.Domain.Provisioning;

namespace OmniIoT.TestKit.Security;

/// <summary>
/// A certificate authority as a manufacturer has one: a root, or an intermediate below another, good from a day before to a year after a
/// time.
/// </summary>
public sealed class FleetAuthority : IDisposable
{
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly X509Certificate2 _certificate;
    private readonly string? _issuerChain;

    private FleetAuthority(X509Certificate2 certificate, string? issuerChain) => (_certificate, _issuerChain) = (certificate, issuerChain);

    /// <summary>The authority's own certificate, in PEM.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    public static FleetAuthority Root(DateTimeOffset at, string name = "Fleet root")
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new FleetAuthority(
            AuthorityRequest(name, key).CreateSelfSigned(at - TimeSpan.FromDays(1), at + TimeSpan.FromDays(365)),
            null
        );
    }

    /// <summary>An authority below this one, for the time that this one is good.</summary>
    /// <param name="isAuthority">False: its certificate does not give it the right to issue any, as a device's.</param>
    public FleetAuthority Intermediate(string name = "Line 7", bool isAuthority = true)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 issued = AuthorityRequest(name, key, isAuthority)
            .Create(_certificate, _certificate.NotBefore, _certificate.NotAfter, Serial());
        return new FleetAuthority(issued.CopyWithPrivateKey(key), Chain);
    }

    /// <summary>A device's certificate with its key; missing dates are the authority's.</summary>
    public DeviceIdentity Issue(
        string commonName,
        AsymmetricAlgorithm? key = null,
        DateTimeOffset? notBefore = null,
        DateTimeOffset? notAfter = null,
        Oid? usage = null
    )
    {
        AsymmetricAlgorithm own = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request(commonName, own);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([usage ?? ClientAuthentication], false));
        using X509Certificate2 issued = request.Create(
            _certificate.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_certificate.GetECDsaPrivateKey()!),
            notBefore ?? _certificate.NotBefore,
            notAfter ?? _certificate.NotAfter,
            Serial()
        );
        return new DeviceIdentity(issued.ExportCertificatePem() + "\n" + (_issuerChain is null ? "" : Chain), Thumbprint.Of(issued), own);
    }

    public void Dispose() => _certificate.Dispose();

    /// <summary>Itself and what stands between it and the root, without the root.</summary>
    private string Chain => _issuerChain is null ? "" : _certificate.ExportCertificatePem() + "\n" + _issuerChain;

    private static CertificateRequest AuthorityRequest(string name, ECDsa key, bool isAuthority = true)
    {
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        X509KeyUsageFlags usages = isAuthority
            ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign
            : X509KeyUsageFlags.DigitalSignature;
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usages, true));
        return request;
    }

    private static CertificateRequest Request(string commonName, AsymmetricAlgorithm key) =>
        key switch
        {
            RSA rsa => new CertificateRequest($"CN={commonName},O=Makers", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            _ => new CertificateRequest($"CN={commonName},O=Makers", (ECDsa)key, HashAlgorithmName.SHA256),
        };

    private static byte[] Serial() => [0x01, .. RandomNumberGenerator.GetBytes(15)];
}

/// <summary>A device's certificate, with what stands between it and the root, and its key.</summary>
public sealed record DeviceIdentity(string Chain, string Thumbprint, AsymmetricAlgorithm Key)
{
    /// <summary>Signs what a device signs that registers itself.</summary>
    public CertificateProof Prove(string deviceId, string enrollmentId, string timestamp, bool oldPadding = false, bool asDer = true)
    {
        byte[] message = CertificateProof.Message(deviceId, enrollmentId, timestamp);
        byte[] signature = Key switch
        {
            RSA rsa => rsa.SignData(message, HashAlgorithmName.SHA256, oldPadding ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss),
            _ => ((ECDsa)Key).SignData(
                message,
                HashAlgorithmName.SHA256,
                asDer ? DSASignatureFormat.Rfc3279DerSequence : DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            ),
        };
        return new CertificateProof(Chain, timestamp, Convert.ToBase64String(signature));
    }
}
