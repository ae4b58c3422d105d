using MailKit.Net.Smtp;
using MimeKit;
using OmniIoT.Channels.Email.Polling;
using OmniIoT.Channels.Email.Reading;
using OmniIoT.Channels.Email.Writing;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Email;

/// <summary>Sends mail by SMTP (RFC 5321), with its <c>Message-ID</c> as key; tests the mailbox that is read as well.</summary>
public sealed class EmailAdapter(IAttachmentStore attachments, TimeProvider time) : IChannelAdapter
{
    // Of connecting and of each command.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Type => ChannelKinds.Email;

    public async ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (channel.Text(MailServer.Smtp, "host") is null)
            return new SendOutcome.Refused("The channel has no server to send by.");
        try
        {
            using MimeMessage mail = MailMaker.Make(
                channel,
                message,
                await attachments.ReadAllAsync(message.Attachments, cancellationToken)
            );
            using SmtpClient client = await ConnectAsync(channel, cancellationToken);
            await client.SendAsync(mail, cancellationToken);
            return new SendOutcome.Sent(mail.MessageId);
        }
        catch (Exception error) when (IsOfServer(error, cancellationToken))
        {
            return OutcomeOf(error);
        }
    }

    public async ValueTask<string?> TestAsync(Channel channel, CancellationToken cancellationToken)
    {
        if (!channel.Has(MailServer.Smtp) && !channel.Has(MailServer.Imap))
            return "The channel has no server to send by.";
        string?[] wrong =
        [
            channel.Has(MailServer.Smtp) ? await WrongWithAsync(MailServer.Smtp, () => SignInAsync(channel, cancellationToken)) : null,
            channel.Has(MailServer.Imap) ? await WrongWithAsync(MailServer.Imap, () => OpenAsync(channel, cancellationToken)) : null,
        ];
        return wrong.OfType<string>().ToArray() is { Length: > 0 } said ? string.Join(' ', said) : null;

        async ValueTask<string?> WrongWithAsync(string server, Func<Task> ask)
        {
            try
            {
                await ask();
                return null;
            }
            catch (Exception error) when (IsOfServer(error, cancellationToken))
            {
                return $"{server}: {error.Message}";
            }
        }
    }

    private static async Task SignInAsync(Channel channel, CancellationToken cancellationToken)
    {
        using SmtpClient client = await ConnectAsync(channel, cancellationToken);
        await client.NoOpAsync(cancellationToken);
    }

    private async Task OpenAsync(Channel channel, CancellationToken cancellationToken)
    {
        await using MailboxSession session = await MailboxSession.OpenAsync(channel, time, cancellationToken);
    }

    private static async ValueTask<SmtpClient> ConnectAsync(Channel channel, CancellationToken cancellationToken)
    {
        SmtpClient client = new() { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            MailServer server = MailServer.Of(channel, MailServer.Smtp);
            await client.ConnectAsync(server.Host, server.Port, server.Security, cancellationToken);
            if (server.User is { } user)
                await client.AuthenticateAsync(user, server.Password ?? "", cancellationToken);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>RFC 5321, 4.2.1: a reply that begins with 5 is for ever. An address that is refused so has bounced.</summary>
    private static SendOutcome OutcomeOf(Exception error) =>
        error switch
        {
            SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted } refused when IsForEver(refused) =>
                new SendOutcome.Refused(Bounce.Bounced),
            SmtpCommandException refused when IsForEver(refused) => new SendOutcome.Refused(refused.Message),
            ParseException => new SendOutcome.Refused(error.Message),
            _ => new SendOutcome.NotNow(error.Message),
        };

    private static bool IsForEver(SmtpCommandException error) =>
        (int)error.StatusCode >= 500 && error.StatusCode is not SmtpStatusCode.AuthenticationRequired;

    private static bool IsOfServer(Exception error, CancellationToken cancellationToken) =>
        MailServer.IsOfServer(error) || error is OperationCanceledException && !cancellationToken.IsCancellationRequested;
}
