using MimeKit;

namespace OmniIoT.Channels.Email.Reading;

/// <summary>
/// Tells what a machine wrote: absence notes, lists, newsletters. Nothing answers them by itself, or two machines talk for ever.
/// </summary>
internal static class Automatic
{
    private static readonly string[] Precedences = ["bulk", "junk", "list", "auto_reply"];

    private static readonly string[] Marks = ["List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress"];

    public static bool Is(MimeMessage mail) =>
        // RFC 3834, 5: whatever it says but "no".
        mail.Headers["Auto-Submitted"]
            is { } submitted
            && !submitted.Trim().StartsWith("no", StringComparison.OrdinalIgnoreCase)
        || mail.Headers["Precedence"] is { } precedence && Precedences.Contains(precedence.Trim().ToLowerInvariant())
        || mail.Headers["Return-Path"]?.Trim() == "<>"
        || Marks.Any(mail.Headers.Contains);
}
