using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using OmniIoT.Channels.Email.Reading;
using OmniIoT.Channels.Email.Writing;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Email;

/// <summary>Sends mail by SMTP (RFC 5321). Its key is the <c>Message-ID</c>.</summary>
public sealed class EmailAdapter(IAttachmentStore attachments) : IChannelAdapter
{
    // Of connecting and of each command.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Type => ChannelKinds.Email;

    public async ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (channel.Text("smtp", "host") is null)
            return new SendOutcome.Refused("The channel has no server to send by.");
        try
        {
            using MimeMessage mail = MailMaker.Make(channel, message, await FilesOfAsync(message, cancellationToken));
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
        if (channel.Text("smtp", "host") is null)
            return "The channel has no server to send by.";
        try
        {
            using SmtpClient client = await ConnectAsync(channel, cancellationToken);
            await client.NoOpAsync(cancellationToken);
            return null;
        }
        catch (Exception error) when (IsOfServer(error, cancellationToken))
        {
            return error.Message;
        }
    }

    private static async ValueTask<SmtpClient> ConnectAsync(Channel channel, CancellationToken cancellationToken)
    {
        SmtpClient client = new() { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            MailServer server = MailServer.Of(channel, "smtp");
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

    private async ValueTask<IReadOnlyList<(Attachment, ReadOnlyMemory<byte>)>> FilesOfAsync(
        OutgoingMessage message,
        CancellationToken cancellationToken
    )
    {
        List<(Attachment, ReadOnlyMemory<byte>)> files = [];
        foreach (Attachment attachment in message.Attachments)
        {
            if (await attachments.ReadAsync(attachment.Id, cancellationToken) is { } file)
                files.Add(file);
        }
        return files;
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
        error
            is CommandException
                or ProtocolException
                or AuthenticationException
                or SslHandshakeException
                or IOException
                or SocketException
                or NotSupportedException
                or TimeoutException
                or ParseException
        || error is OperationCanceledException && !cancellationToken.IsCancellationRequested;
}
