using OmniIoT.Devices.Time;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Provisioning;

/// <summary>
/// The code by which a customer makes a device theirs, printed on it or shown by it: <c>ABCD-EFGH</c>, 40 bits.
/// </summary>
public static class ClaimCode
{
    /// <summary>A product may lie in its box for a while.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(30);

    private const int GroupLength = 4;

    /// <summary>The code that these bytes give.</summary>
    /// <param name="random">Eight bytes that cannot be guessed; the lower five bits of each count.</param>
    public static string From(ReadOnlySpan<byte> random)
    {
        string code = ReadableCode.From(random);
        return $"{code[..GroupLength]}-{code[GroupLength..]}";
    }

    /// <summary>What a person typed, in the one form that is hashed: upper case, without blanks and hyphens.</summary>
    public static string Normalize(string typed) => ReadableCode.Normalize(typed);
}

/// <summary>A device's claim code.</summary>
/// <param name="CodeHash">As the store of codes knows it; the code itself is nowhere.</param>
public sealed record DeviceClaim(string CodeHash, Instant ExpiresAt, bool IsUsed = false);
