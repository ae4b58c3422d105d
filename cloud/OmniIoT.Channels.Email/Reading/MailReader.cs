using MimeKit;
using OmniIoT.Channels.Inbound;
using OmniIoT.Devices;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Customers;

namespace OmniIoT.Channels.Email.Reading;

/// <summary>
/// Reads a mail (RFC 5322, MIME): the words without what they quote, the form made safe, the files, what it answers, whether a machine
/// wrote it. A bounce is a report on a message of ours; a mail that came back to its own sender is nothing.
/// </summary>
public static class MailReader
{
    /// <summary>A file of 20 MiB in base64, and what stands around it.</summary>
    public const int MaximumBytes = 32 * 1024 * 1024;

    /// <summary>On whatever a channel sends, so that it is known when it comes back.</summary>
    public const string ChannelHeader = "X-OmniIoT-Channel";

    private const int MostReferences = 20;
    private const int MaximumSubjectLength = 300;
    private const int MaximumNameLength = 200;

    /// <summary>Reads one; whatever is wrong with it is an outcome.</summary>
    public static WebhookReading Read(Channel channel, ReadOnlyMemory<byte> raw)
    {
        MimeMessage mail;
        try
        {
            using MemoryStream stream = new(raw.ToArray(), writable: false);
            mail = MailBounds.Load(stream);
        }
        catch (FormatException error)
        {
            return new WebhookReading.Malformed("", $"must be a mail in MIME: {error.Message}");
        }
        using (mail)
            return Read(channel, mail, MailIds.Of(mail, raw.Span));
    }

    private static WebhookReading Read(Channel channel, MimeMessage mail, string id)
    {
        if (Bounce.Read(mail) is { } reports)
            return new WebhookReading.Taken { Reports = reports };
        if (mail.From.Mailboxes.FirstOrDefault() is not { Address.Length: > 0 } from)
            return new WebhookReading.Malformed("/From", "must name an address");
        return IsOwn(channel, mail, from)
            ? new WebhookReading.Taken()
            : new WebhookReading.Taken { Messages = [MessageOf(channel, mail, from, id)] };
    }

    private static ReceivedMessage MessageOf(Channel channel, MimeMessage mail, MailboxAddress from, string id)
    {
        MailBody body = MailBody.Of(mail);
        (IReadOnlyList<ReceivedFile> files, IReadOnlyList<string> tooLarge) = MailFiles.Of(mail);
        InboundMessage message = new()
        {
            Channel = channel.Id,
            From = new Identity("email", IdentityForm.Of("email", from.Address)),
            Name = Beginning(from.Name, MaximumNameLength),
            Text = body.Text + string.Concat(tooLarge.Select(name => $"\n[{name}: larger than 20 MiB, left out]")),
            Html = body.Html,
            Subject = Beginning(mail.Subject, MaximumSubjectLength),
            ExternalId = id,
            At = mail.Date == DateTimeOffset.MinValue ? null : Instant.FromTime(mail.Date),
            InReplyTo = [.. mail.References.Append(mail.InReplyTo).OfType<string>().Reverse().Distinct().Take(MostReferences)],
            IsAutomatic = Automatic.Is(mail),
        };
        return new ReceivedMessage(message, files);
    }

    /// <summary>What the mailbox itself wrote goes in a circle.</summary>
    private static bool IsOwn(Channel channel, MimeMessage mail, MailboxAddress from) =>
        string.Equals(from.Address, channel.Text("address"), StringComparison.OrdinalIgnoreCase)
        || mail.Headers[ChannelHeader] == channel.Id;

    private static string? Beginning(string? text, int length) =>
        string.IsNullOrWhiteSpace(text) ? null : TextCut.Beginning(text.Trim(), length);
}
