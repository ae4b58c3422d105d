using Microsoft.AspNetCore.DataProtection;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access.OpenId;

/// <summary>
/// Seals what a browser carries to the provider and back with the key of all secrets, which every process has: it may come back to another
/// one.
/// </summary>
internal sealed class SealedProtection(SecretSealer sealer) : IDataProtectionProvider
{
    public IDataProtector CreateProtector(string purpose) => new Protector(sealer, "protected:" + purpose);

    private sealed class Protector(SecretSealer sealer, string owner) : IDataProtector
    {
        public IDataProtector CreateProtector(string purpose) => new Protector(sealer, $"{owner}/{purpose}");

        public byte[] Protect(byte[] plaintext) => sealer.Seal(owner, Convert.ToBase64String(plaintext));

        public byte[] Unprotect(byte[] protectedData) =>
            sealer.Open(owner, protectedData) is { } opened
                ? Convert.FromBase64String(opened)
                : throw new System.Security.Cryptography.CryptographicException("It was sealed by somebody else.");
    }
}
