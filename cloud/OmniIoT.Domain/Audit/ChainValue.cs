using System.Security.Cryptography;

namespace OmniIoT.Domain.Audit;

/// <summary>
/// A value beside its digest. Salted, so that nobody learns from the digest that is left which of a few likely values was cut out.
/// </summary>
/// <param name="Salted">Salt, then the value; null: there is none, or it was cut out.</param>
/// <param name="Digest">SHA-256 of the salted value; null: there never was one.</param>
public readonly record struct ChainValue(byte[]? Salted, byte[]? Digest)
{
    public const int SaltBytes = 16;

    public static ChainValue Of(byte[]? value, ReadOnlySpan<byte> salt)
    {
        if (value is null)
            return default;
        byte[] salted = [.. salt, .. value];
        return new ChainValue(salted, SHA256.HashData(salted));
    }

    /// <summary>Null when there is none, or it was cut out.</summary>
    public ReadOnlyMemory<byte>? Value => Salted?.AsMemory(SaltBytes);

    public bool IsCut => Salted is null && Digest is not null;

    /// <summary>Whether the value, where it is there, is the one that the digest is of.</summary>
    public bool Fits =>
        Salted is null || (Digest is not null && Salted.Length >= SaltBytes && SHA256.HashData(Salted).AsSpan().SequenceEqual(Digest));
}
