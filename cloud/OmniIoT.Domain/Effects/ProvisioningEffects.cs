using OmniIoT.Domain.Provisioning;

namespace OmniIoT.Domain.Effects;

/// <summary>Sets the salted hash that a principal signs in with; a null hash ends the right to sign in.</summary>
/// <param name="SealedSecret">The secret itself, encrypted with a key that storage does not have, for proofs that need it; null: none is
/// kept.</param>
/// <param name="SecretDigest">By what the principal is found that says its secret alone; null: it is not.</param>
public sealed record PutCredential(EntityId Principal, string? SecretHash, byte[]? SealedSecret = null, string? SecretDigest = null)
    : Effect;

/// <summary>Maps a certificate to the principal that signs in with it over TLS; replaces whom it was mapped to.</summary>
public sealed record PutCertificate(EntityId Principal, string Thumbprint) : Effect;

/// <summary>Ends the right to sign in with a certificate.</summary>
public sealed record DeleteCertificate(string Thumbprint) : Effect;

/// <summary>Sets the hash by which a device is found when its claim code is typed; replaces the device's earlier one.</summary>
public sealed record PutClaimCode(string DeviceId, string CodeHash) : Effect;

/// <summary>
/// Records an attempt to register and counts it. Of the refused ones the newest of each enrolment are kept, the others all.
/// </summary>
public sealed record AppendRegistration(Registration Registration) : Effect
{
    public const int KeptRefusals = 1_000;
}

/// <summary>Sets the counts of an enrolment to zero; what was recorded stays.</summary>
public sealed record ResetRegistrationCounts(string EnrollmentId) : Effect;
