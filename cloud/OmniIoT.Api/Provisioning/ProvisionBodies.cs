using OmniIoT.Api.Problems;
using OmniIoT.Devices;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Provisioning;

namespace OmniIoT.Api.Provisioning;

/// <summary>
/// A device registers itself. Its credentials are the bearer (the enrolment's key, or the device's token: HMAC-SHA256 of its id with
/// that key, in base64), or a certificate.
/// </summary>
/// <param name="Enrollment">Id of the enrolment.</param>
/// <param name="DeviceId">The id that the device has from now on.</param>
/// <param name="Model">Id of its model.</param>
/// <param name="Name">For people.</param>
/// <param name="Certificate">Instead of a bearer.</param>
public sealed record ProvisionBody(string? Enrollment, string? DeviceId, string? Model, string? Name, CertificateBody? Certificate)
{
    private const int MaximumNameLength = 200;

    /// <exception cref="ProblemException">Something in it is not what it must be.</exception>
    internal void Check()
    {
        Mistakes mistakes = new();
        CheckId(Enrollment, "/enrollment", mistakes);
        CheckId(DeviceId, "/deviceId", mistakes);
        CheckId(Model, "/model", mistakes);
        if (Name?.Length > MaximumNameLength)
            mistakes.Add("/name", $"must have at most {MaximumNameLength} characters");
        Certificate?.Check(mistakes);
        mistakes.ThrowIfAny();
    }

    private static void CheckId(string? id, string pointer, Mistakes mistakes)
    {
        if (id is null)
            mistakes.Add(pointer, "is missing");
        else if (!Identifier.IsValid(id))
            mistakes.Add(pointer, "must be " + Identifier.Allowed);
    }
}

/// <summary>Proof that a certificate is the device's own.</summary>
/// <param name="Chain">PEM: the device's certificate, whose common name is the device's id, then those between it and the root.</param>
/// <param name="Timestamp">When it was signed, as ISO 8601 or in epoch milliseconds; at most 5 min off.</param>
/// <param name="Signature">
/// Base64: RSA (PKCS #1 v1.5, or PSS with a salt of 32 bytes) or ECDSA, with SHA-256, over device id, line feed, enrolment id, line
/// feed, timestamp as sent here.
/// </param>
public sealed record CertificateBody(string? Chain, string? Timestamp, string? Signature)
{
    internal CertificateProof ToProof() => new(Chain!, Timestamp!, Signature!);

    internal void Check(Mistakes mistakes)
    {
        if (Chain is null)
            mistakes.Add("/certificate/chain", "is missing");
        if (Timestamp is null)
            mistakes.Add("/certificate/timestamp", "is missing");
        if (Signature is null)
            mistakes.Add("/certificate/signature", "is missing");
    }
}

/// <summary>What a device gets that registered itself; nobody can read secret and code again.</summary>
public sealed record ProvisionedView
{
    public required string Id { get; init; }

    /// <summary>Its password over MQTT; the user name is its id.</summary>
    public required string Secret { get; init; }

    public required string Model { get; init; }

    public required string? SiteId { get; init; }

    public required string? Name { get; init; }

    /// <summary>For whoever is to own it, to be printed or shown; null when somebody owns it already.</summary>
    public required string? ClaimCode { get; init; }

    public required Instant? ClaimCodeExpiresAt { get; init; }

    public required MqttView Mqtt { get; init; }
}

/// <summary>Where devices connect.</summary>
/// <param name="Host">The name by which this call was made.</param>
/// <param name="TlsPort">Null: there is no MQTT over TLS.</param>
/// <param name="WebSocketPath">On the port of this call.</param>
public sealed record MqttView(string Host, int Port, int? TlsPort, string WebSocketPath);
