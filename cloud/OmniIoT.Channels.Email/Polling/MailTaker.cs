using Microsoft.Extensions.Logging;
using OmniIoT.Channels.Email.Reading;
using OmniIoT.Channels.Inbound;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Channels.Email.Polling;

/// <summary>
/// Takes one mail of a mailbox: it is marked as seen once it is durable, so that a crash in between has it read again, and its
/// <c>Message-ID</c> makes that harmless. What cannot be read, or fails again and again, is set aside in the mailbox for a person.
/// </summary>
public sealed partial class MailTaker(InboundTaker taker, ILogger<MailTaker> logger) : IDisposable
{
    /// <summary>As often as a delivery is tried.</summary>
    private const int MostTries = 12;

    // Each holds its mail, and what is made of it, in memory.
    private readonly SemaphoreSlim _atOnce = new(2);

    /// <param name="attempt">Which try it is, from 1. What the tries before did not survive is not read once more.</param>
    /// <returns>False: it failed and is to be tried again.</returns>
    internal async ValueTask<bool> TakeAsync(
        MailboxSession session,
        Channel channel,
        UnseenMail mail,
        int attempt,
        CancellationToken cancellationToken
    )
    {
        await _atOnce.WaitAsync(cancellationToken);
        try
        {
            if (attempt > MostTries)
                return await IsSetAsideAsync(session, channel, mail, "each time its server ended the connection", cancellationToken);
            await TakeAsync(session, channel, mail, cancellationToken);
            return true;
        }
        catch (Exception error) when (IsOfMail(session, error))
        {
            LogFailed(logger, mail.Id.Id, channel.Id, attempt, error);
            return attempt >= MostTries && await IsSetAsideAsync(session, channel, mail, error.Message, cancellationToken);
        }
        finally
        {
            _atOnce.Release();
        }
    }

    public void Dispose() => _atOnce.Dispose();

    private async ValueTask TakeAsync(MailboxSession session, Channel channel, UnseenMail mail, CancellationToken cancellationToken)
    {
        byte[] raw = await session.ReadAsync(mail.Id, MailReader.MaximumBytes + 1, cancellationToken);
        switch (MailReader.Read(channel, raw.Length > MailReader.MaximumBytes ? MailHead.Of(raw) : raw))
        {
            case WebhookReading.Taken taken:
                await taker.TakeOnceAsync(channel, mail.IsOld ? Unanswered(taken) : taken, cancellationToken);
                await session.MarkSeenAsync(mail.Id, cancellationToken);
                break;
            case WebhookReading.Malformed malformed:
                LogSetAside(logger, mail.Id.Id, channel.Id, $"{malformed.Pointer} {malformed.Why}".Trim());
                await session.SetAsideAsync(mail.Id, cancellationToken);
                break;
        }
    }

    /// <summary>Its words are there to be read; nobody waits for an answer to them any more.</summary>
    private static WebhookReading.Taken Unanswered(WebhookReading.Taken taken) =>
        taken with
        {
            Messages = [.. taken.Messages.Select(static one => one with { Message = one.Message with { IsAutomatic = true } })],
        };

    /// <returns>False: its server lets nobody mark it.</returns>
    private async ValueTask<bool> IsSetAsideAsync(
        MailboxSession session,
        Channel channel,
        UnseenMail mail,
        string why,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await session.SetAsideAsync(mail.Id, cancellationToken);
        }
        catch (Exception error) when (IsOfMail(session, error))
        {
            return false;
        }
        LogSetAside(logger, mail.Id.Id, channel.Id, why);
        return true;
    }

    /// <summary>Storage and a server that is gone are everybody's trouble; what else fails is the mail's.</summary>
    private static bool IsOfMail(MailboxSession session, Exception error) =>
        error is not (OperationCanceledException or StorageUnavailableException) && session.IsOpen;

    [LoggerMessage(1441, LogLevel.Warning, "Mail {Mail} of the mailbox of channel '{Channel}' failed at try {Try}.")]
    private static partial void LogFailed(ILogger logger, uint mail, string channel, int @try, Exception error);

    [LoggerMessage(1442, LogLevel.Warning, "Mail {Mail} of the mailbox of channel '{Channel}' was set aside there, flagged: {Why}")]
    private static partial void LogSetAside(ILogger logger, uint mail, string channel, string why);
}
