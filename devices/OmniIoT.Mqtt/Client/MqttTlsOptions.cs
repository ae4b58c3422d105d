using System.Security.Cryptography.X509Certificates;

namespace OmniIoT.Mqtt.Client;

/// <summary>How the client secures its connection.</summary>
public sealed record MqttTlsOptions
{
    /// <summary>The name the server's certificate must bear and SNI announces; null: <see cref="MqttClientOptions.Host"/>.</summary>
    public string? TargetHost { get; init; }

    /// <summary>The only authorities to trust; null: those of the operating system.</summary>
    public X509Certificate2Collection? CertificateAuthorities { get; init; }

    /// <summary>
    /// SHA-256, 32 bytes, of the one certificate to trust, or of its public key (SubjectPublicKeyInfo): then neither authority nor name nor
    /// dates are looked at. Null: authorities decide.
    /// </summary>
    public ReadOnlyMemory<byte>? Pin { get; init; }

    /// <summary>The client's own certificate with its private key; null: none.</summary>
    public X509Certificate2? ClientCertificate { get; init; }
}
