using MimeKit;
using OmniIoT.Channels.Email.Reading;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Email.Writing;

/// <summary>Makes the mail of a message. The same message makes the same <c>Message-ID</c>: who gets it twice knows it again.</summary>
internal static class MailMaker
{
    private const string Answer = "Re: ";

    public static MimeMessage Make(
        Channel channel,
        OutgoingMessage message,
        IReadOnlyList<(Attachment Attachment, ReadOnlyMemory<byte> Content)> files
    )
    {
        string address = channel.Require("address");
        MimeMessage mail = new()
        {
            Subject = SubjectOf(channel, message),
            MessageId = IdOf(message, address),
            Date = message.CreatedAt.ToDateTimeOffset(),
            Body = BodyOf(message, files),
        };
        mail.From.Add(new MailboxAddress(OneLine(channel.Name), address));
        mail.To.Add(new MailboxAddress("", message.To.Value));
        mail.Headers.Add(MailReader.ChannelHeader, channel.Id);
        // RFC 3834, 5.
        if (message.IsAutomatic)
            mail.Headers.Add("Auto-Submitted", "auto-replied");
        if (message.InReplyTo is [{ } nearest, ..])
            mail.InReplyTo = nearest;
        // RFC 5322, 3.6.4: the oldest first.
        mail.References.AddRange(message.InReplyTo.Reverse());
        return mail;
    }

    /// <summary>Without angle brackets.</summary>
    public static string IdOf(OutgoingMessage message, string address) => $"{message.MessageId}@{address[(address.IndexOf('@') + 1)..]}";

    private static string SubjectOf(Channel channel, OutgoingMessage message)
    {
        string subject = OneLine(message.Subject ?? channel.Name);
        return message.InReplyTo.Count == 0 || subject.StartsWith(Answer, StringComparison.OrdinalIgnoreCase) ? subject : Answer + subject;
    }

    private static MimeEntity BodyOf(OutgoingMessage message, IReadOnlyList<(Attachment Attachment, ReadOnlyMemory<byte> Content)> files)
    {
        BodyBuilder body = new() { TextBody = message.Text, HtmlBody = message.Html };
        foreach ((Attachment attachment, ReadOnlyMemory<byte> content) in files)
            body.Attachments.Add(attachment.Name, content.ToArray(), ContentType.Parse(attachment.Type));
        return body.ToMessageBody();
    }

    /// <summary>A line break within a header would begin another one.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
}
