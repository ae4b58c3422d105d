using MimeKit;

namespace OmniIoT.Channels.Email.Reading;

/// <summary>What is read of a mail that is too large to be read.</summary>
internal static class MailHead
{
    /// <summary>Its headers, and instead of its content a word that it is too large.</summary>
    /// <param name="beginning">As much of the mail as is there.</param>
    public static byte[] Of(byte[] beginning)
    {
        using MemoryStream stream = new(beginning, writable: false);
        HeaderList headers = HeaderList.Load(stream);
        TextPart instead = new("plain") { Text = $"[larger than {MailReader.MaximumBytes >> 20} MiB, left in the mailbox]" };
        using MimeMessage mail = new(headers.Where(static header => !IsOfContent(header)), instead);
        using MemoryStream written = new();
        mail.WriteTo(written);
        return written.ToArray();
    }

    private static bool IsOfContent(Header header) => header.Field.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);
}
