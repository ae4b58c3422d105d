using System.Security.Cryptography;
using MimeKit;

namespace OmniIoT.Channels.Email.Reading;

/// <summary>By what name a mail is known again.</summary>
internal static class MailIds
{
    private const int MaximumLength = 500;

    /// <summary>Its <c>Message-ID</c> without angle brackets; for one that has none, or an endless one, a digest of all of it.</summary>
    public static string Of(MimeMessage mail, ReadOnlySpan<byte> raw) =>
        mail.Headers.Contains(HeaderId.MessageId) && mail.MessageId is { Length: > 0 and <= MaximumLength } id
            ? id
            : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(raw));
}
