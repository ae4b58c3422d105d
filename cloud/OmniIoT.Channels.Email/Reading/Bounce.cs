using MimeKit;
using OmniIoT.Channels.Inbound;
using OmniIoT.Domain.Desk;

namespace OmniIoT.Channels.Email.Reading;

/// <summary>Reads delivery status notifications (RFC 3464).</summary>
internal static class Bounce
{
    /// <summary>The error of a message that its address does not take.</summary>
    public const string Bounced = "bounced";

    private const int MostRecipients = 20;

    // Of a few hundred bytes for each recipient.
    private const int MostStatusBytes = 64 * 1024;

    /// <summary>What became of the message that it is about; null when the mail is no such notification.</summary>
    public static IReadOnlyList<DeliveryReport>? Read(MimeMessage mail)
    {
        if (mail.BodyParts.OfType<MessageDeliveryStatus>().FirstOrDefault() is not { } status)
            return null;
        if (status.Content is not { Stream.Length: <= MostStatusBytes } || OriginalIdOf(mail) is not { } id)
            return [];
        // The first group is about the message, each other one about a recipient (2.1).
        foreach (HeaderList recipient in status.StatusGroups.Skip(1).Take(MostRecipients))
        {
            switch (recipient["Action"]?.Trim().ToLowerInvariant())
            {
                case "failed":
                    return [new DeliveryReport(id, MessageState.Failed, Bounced)];
                case "delivered" or "relayed" or "expanded":
                    return [new DeliveryReport(id, MessageState.Delivered)];
            }
        }
        return [];
    }

    private static string? OriginalIdOf(MimeMessage mail)
    {
        foreach (MimeEntity part in mail.BodyParts)
        {
            switch (part)
            {
                case MessagePart { Message.MessageId: { } id }:
                    return id;
                case TextPart text when text.ContentType.IsMimeType("text", "rfc822-headers"):
                    return IdIn(text);
            }
        }
        return null;
    }

    private static string? IdIn(TextPart headers)
    {
        using MemoryStream stream = new();
        headers.Content?.DecodeTo(stream);
        stream.Position = 0;
        try
        {
            using MimeMessage original = MailBounds.Load(stream);
            return original.MessageId;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
