using MailKit;
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

    /// <returns>False: it failed on our side and is to be tried again.</returns>
    internal async ValueTask<bool> TakeAsync(MailboxSession session, Channel channel, UnseenMail mail, CancellationToken cancellationToken)
    {
        await _atOnce.WaitAsync(cancellationToken);
        try
        {
            await TakeKnownAsync(session, channel, mail.Id, cancellationToken);
            return true;
        }
        catch (Exception error) when (IsOfMail(error))
        {
            LogFailed(logger, mail.Id.Id, channel.Id, mail.Tries, error);
            if (mail.Tries < MostTries)
                return false;
            LogSetAside(logger, mail.Id.Id, channel.Id, error.Message);
            await session.SetAsideAsync(mail.Id, cancellationToken);
            return true;
        }
        finally
        {
            _atOnce.Release();
        }
    }

    public void Dispose() => _atOnce.Dispose();

    private async ValueTask TakeKnownAsync(MailboxSession session, Channel channel, UniqueId id, CancellationToken cancellationToken)
    {
        byte[] raw = await session.ReadAsync(id, MailReader.MaximumBytes + 1, cancellationToken);
        switch (MailReader.Read(channel, raw.Length > MailReader.MaximumBytes ? MailHead.Of(raw) : raw))
        {
            case WebhookReading.Taken taken:
                await taker.TakeAsync(channel, taken, cancellationToken);
                await session.MarkSeenAsync(id, cancellationToken);
                break;
            case WebhookReading.Malformed malformed:
                LogSetAside(logger, id.Id, channel.Id, $"{malformed.Pointer} {malformed.Why}".Trim());
                await session.SetAsideAsync(id, cancellationToken);
                break;
        }
    }

    /// <summary>Storage and the mail's own server are everybody's trouble.</summary>
    private static bool IsOfMail(Exception error) =>
        error is not (OperationCanceledException or StorageUnavailableException) && !MailServer.IsOfServer(error);

    [LoggerMessage(1441, LogLevel.Warning, "Mail {Mail} of the mailbox of channel '{Channel}' failed on our side at try {Try}.")]
    private static partial void LogFailed(ILogger logger, uint mail, string channel, int @try, Exception error);

    [LoggerMessage(1442, LogLevel.Warning, "Mail {Mail} of the mailbox of channel '{Channel}' was set aside there, flagged: {Why}")]
    private static partial void LogSetAside(ILogger logger, uint mail, string channel, string why);
}

/// <param name="Tries">Of taking it, this one included.</param>
internal readonly record struct UnseenMail(UniqueId Id, int Tries);
