using MimeKit;
using OmniIoT.Channels.Inbound;
using OmniIoT.Devices;

namespace OmniIoT.Channels.Email.Reading;

/// <summary>The files of a mail.</summary>
internal static class MailFiles
{
    private const int MostFiles = 50;
    private const int MaximumBytes = 20 * 1024 * 1024;
    private const int MaximumNameLength = 200;
    private const string Unnamed = "attachment";

    /// <summary>The files, and the names of those that are too large to be kept.</summary>
    public static (IReadOnlyList<ReceivedFile> Files, IReadOnlyList<string> TooLarge) Of(MimeMessage mail)
    {
        List<ReceivedFile> files = [];
        List<string> tooLarge = [];
        foreach (MimeEntity part in mail.BodyParts.Where(IsFile).Take(MostFiles))
        {
            byte[] content = ContentOf(part);
            if (content.Length > MaximumBytes)
                tooLarge.Add(NameOf(part));
            else if (content.Length > 0)
                files.Add(new ReceivedFile(NameOf(part), content));
        }
        return (files, tooLarge);
    }

    private static bool IsFile(MimeEntity part) => part is MessagePart || part is MimePart && (part is not TextPart || part.IsAttachment);

    private static byte[] ContentOf(MimeEntity part)
    {
        using MemoryStream stream = new();
        if (part is MessagePart { Message: { } message })
            message.WriteTo(stream);
        else if (part is MimePart { Content: { } content })
            content.DecodeTo(stream);
        return stream.ToArray();
    }

    /// <summary>A name, never a way through folders.</summary>
    private static string NameOf(MimeEntity part)
    {
        string said = part switch
        {
            MessagePart { Message: { } message } => (message.Subject ?? "mail") + ".eml",
            MimePart { FileName: { Length: > 0 } file } => file,
            _ => Unnamed,
        };
        string last = said.Split('/', '\\')[^1];
        string name = string.Concat(last.Where(letter => !char.IsControl(letter))).Trim();
        return name.Length == 0 ? Unnamed : TextCut.Beginning(name, MaximumNameLength);
    }
}
