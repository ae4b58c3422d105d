using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Provisioning;

/// <summary>
/// How a device proves over HTTP that a certificate is its own: a signature with the certificate's key over device, enrolment and
/// time. One that is replayed does nothing, because a device registers once.
/// </summary>
/// <param name="Chain">PEM: the device's certificate first, then those between it and the root.</param>
/// <param name="Timestamp">When it was signed, as sent: ISO 8601 or epoch milliseconds.</param>
/// <param name="Signature">
/// Base64, with SHA-256: RSA with either padding (PSS with a salt as long as the hash, PKCS #1 v1.5), or ECDSA in either form (DER, or r
/// and s one after the other).
/// </param>
public sealed record CertificateProof(string Chain, string Timestamp, string Signature)
{
    public const int MinimumRsaBits = 2048;

    /// <summary>How far the device's clock may be off, either way.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private const string CommonName = "2.5.4.3";

    // An RSA key beyond it costs more to verify than any device has reason for.
    private const int MaximumRsaBits = 8192;

    /// <summary>The bytes that are signed: the three texts, a line feed between them.</summary>
    public static byte[] Message(string deviceId, string enrollmentId, string timestamp) =>
        Encoding.UTF8.GetBytes($"{deviceId}\n{enrollmentId}\n{timestamp}");

    /// <summary>Judges the proof.</summary>
    /// <param name="authority">The enrolment's roots, in PEM.</param>
    public ProofResult Verify(string authority, string deviceId, string enrollmentId, Instant now)
    {
        if (!Instant.TryParse(Timestamp, out Instant signedAt))
            return ProofResult.Refused("The timestamp is no time, as ISO 8601 or in epoch milliseconds.");
        if (signedAt < now - ClockTolerance || signedAt > now + ClockTolerance)
            return ProofResult.Refused($"The timestamp {signedAt} is more than {ClockTolerance.TotalMinutes:0} min off our time, {now}.");
        if (CertificateAuthority.TryRead(Chain) is not { Count: > 0 } chain)
            return ProofResult.Refused("The chain is no list of certificates in PEM.");
        using Certificates owned = new(chain);
        if (chain.Count > CertificateAuthority.MaxChainLength)
            return ProofResult.Refused($"The chain has more than {CertificateAuthority.MaxChainLength} certificates.");
        if (CommonNameOf(chain[0]) != deviceId)
            return ProofResult.Refused($"The first certificate's common name is not '{deviceId}'.");
        // The key's own signature is cheap to check, a chain is not: whoever has no key goes no further.
        if (!IsSigned(chain[0], Message(deviceId, enrollmentId, Timestamp)))
            return ProofResult.Refused("The signature was not made with the certificate's key over device id, enrolment id and timestamp.");
        return CertificateAuthority.FindMistake(authority, chain, now) is { } mistake
            ? ProofResult.Refused("The certificate is not chained to the enrolment's authority: " + mistake)
            : new ProofResult(Thumbprint.Of(chain[0]), null);
    }

    /// <summary>The only common name of the subject; null when there is none, or more than one.</summary>
    private static string? CommonNameOf(X509Certificate2 certificate)
    {
        X500RelativeDistinguishedName[] names =
        [
            .. certificate
                .SubjectName.EnumerateRelativeDistinguishedNames()
                .Where(name => !name.HasMultipleElements && name.GetSingleElementType().Value == CommonName),
        ];
        return names.Length == 1 ? names[0].GetSingleElementValue() : null;
    }

    private bool IsSigned(X509Certificate2 certificate, byte[] message)
    {
        byte[] signature = new byte[Signature.Length];
        if (!Convert.TryFromBase64String(Signature, signature, out int length))
            return false;
        try
        {
            using RSA? rsa = certificate.GetRSAPublicKey();
            if (rsa is not null)
                return IsSigned(rsa, message, signature.AsSpan(0, length));
            using ECDsa? ecdsa = certificate.GetECDsaPublicKey();
            return ecdsa is not null && IsSigned(ecdsa, message, signature.AsSpan(0, length));
        }
        catch (Exception error) when (error is CryptographicException or AsnContentException)
        {
            return false;
        }
    }

    private static bool IsSigned(RSA key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        key.KeySize is >= MinimumRsaBits and <= MaximumRsaBits
        && (
            key.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
            || key.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        );

    private static bool IsSigned(ECDsa key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
        || key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}

/// <summary>What became of a proof: the certificate's thumbprint, or why it was refused.</summary>
public sealed record ProofResult(string? Thumbprint, string? Mistake)
{
    public static ProofResult Refused(string mistake) => new(null, mistake);
}
