using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OmniIoT.TestKit.Security;

/// <summary>A certificate authority of its own for one test, valid for a day around the present.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset NotBefore = TimeProvider.System.GetUtcNow().AddHours(-1);

    private readonly List<X509Certificate2> _issued = [];

    public TestAuthority()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // A name of its own: clients find an issuer by its name.
        CertificateRequest request = new(
            $"CN=Test authority {Convert.ToHexString(RandomNumberGenerator.GetBytes(4))}",
            key,
            HashAlgorithmName.SHA256
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Certificate = request.CreateSelfSigned(NotBefore, NotBefore.AddDays(1));
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>A certificate with its key for that common and DNS name; disposed with the authority.</summary>
    public X509Certificate2 Issue(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(
            Certificate,
            NotBefore,
            NotBefore.AddHours(20),
            RandomNumberGenerator.GetBytes(8)
        );
        X509Certificate2 whole = certificate.CopyWithPrivateKey(key);
        _issued.Add(whole);
        return whole;
    }

    /// <summary>Writes a certificate and its key as <c>NAME.pem</c> and <c>NAME.key</c>.</summary>
    public static (string Certificate, string Key) Write(X509Certificate2 certificate, string directory, string name)
    {
        (string, string) paths = (Path.Combine(directory, name + ".pem"), Path.Combine(directory, name + ".key"));
        File.WriteAllText(paths.Item1, certificate.ExportCertificatePem());
        File.WriteAllText(paths.Item2, KeyPem(certificate));
        return paths;
    }

    public static string KeyPem(X509Certificate2 certificate)
    {
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    public void Dispose()
    {
        Certificate.Dispose();
        foreach (X509Certificate2 certificate in _issued)
            certificate.Dispose();
    }
}
