using MailKit;
using Microsoft.Extensions.Logging;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Loops;

namespace OmniIoT.Channels.Email.Polling;

/// <summary>
/// Reads one mailbox as long as it is wanted: what is unseen, oldest first, then waits for more. A mail that fails is tried again after the
/// others were read; whatever else fails has it sign in anew. Both after pauses that grow.
/// </summary>
internal sealed partial class MailboxWatch
{
    // A server that is back is read within five minutes, and none is knocked at for a wrong password all day.
    private static readonly Backoff Pause = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));

    private const int UsualDays = 7;

    private readonly MailboxServices _services;
    private readonly CancellationTokenSource _end;
    private readonly Dictionary<UniqueId, FailedMail> _failed = [];
    private long _taken;
    private readonly Task _running;

    public MailboxWatch(Channel channel, MailboxServices services, CancellationToken stopping)
    {
        (Channel, _services) = (channel, services);
        _end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _running = Task.Run(() => RunAsync(_end.Token), CancellationToken.None);
    }

    /// <summary>As it was set up when the watch began.</summary>
    public Channel Channel { get; }

    /// <summary>Whether nothing of it goes on any more.</summary>
    public bool IsOver => _running.IsCompleted;

    public void End() => _end.Cancel();

    /// <summary>Returns once nothing of it goes on.</summary>
    public async ValueTask EndedAsync()
    {
        await _running;
        _end.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        int failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(() => failures = 0, cancellationToken);
            }
#pragma warning disable CA1031 // Edge of the loop: whatever a mailbox does is its own.
            catch (Exception error)
#pragma warning restore CA1031
            {
                if (!cancellationToken.IsCancellationRequested)
                    Tell(error.Message);
            }
            await PauseAsync(Pause.After(++failures, _services.Clock.Random.NextDouble()), cancellationToken);
        }
        _services.Troubles.End(Channel.Id);
    }

    /// <summary>Signs in and reads until something fails.</summary>
    /// <param name="read">Called whenever all that was unseen has been read.</param>
    private async ValueTask ReadAsync(Action read, CancellationToken cancellationToken)
    {
        await using MailboxSession session = await MailboxSession.OpenAsync(Channel, _services.Clock.Time, cancellationToken);
        while (true)
        {
            await ReadUnseenAsync(session, cancellationToken);
            read();
            if (_failed.Count > 0)
                Tell("Some of its mails could not be taken; they are tried again.");
            else if (_services.Troubles.End(Channel.Id))
                LogGoesOn(_services.Logger, Channel.Id);
            await session.WaitAsync(UntilNextTry(), cancellationToken);
        }
    }

    private async ValueTask ReadUnseenAsync(MailboxSession session, CancellationToken cancellationToken)
    {
        int days = Channel.Number(MailServer.Imap, "days") ?? UsualDays;
        IReadOnlyList<UnseenMail> unseen = await session.UnseenAsync(Now.AddDays(-days).UtcDateTime, cancellationToken);
        foreach (UniqueId gone in _failed.Keys.Except(unseen.Select(static mail => mail.Id)).ToList())
            _failed.Remove(gone);
        foreach (UnseenMail mail in unseen.OrderBy(mail => _failed.GetValueOrDefault(mail.Id).Failures))
        {
            if (_failed.GetValueOrDefault(mail.Id).NextTryAt <= Now)
                await TakeAsync(session, mail, cancellationToken);
        }
    }

    private async ValueTask TakeAsync(MailboxSession session, UnseenMail mail, CancellationToken cancellationToken)
    {
        FailedMail failed = _failed.GetValueOrDefault(mail.Id);
        try
        {
            if (await _services.Taker.TakeAsync(session, Channel, mail, failed.Tries + 1, cancellationToken))
            {
                _failed.Remove(mail.Id);
                _taken++;
            }
            else
                Postpone(mail, failed, isOfMail: true);
        }
        catch when (!session.IsOpen && !cancellationToken.IsCancellationRequested)
        {
            // A server that ends every connection is in trouble; one that gives out others in between has it with this mail.
            Postpone(mail, failed, isOfMail: _taken > failed.TakenBefore);
            throw;
        }
    }

    private void Postpone(UnseenMail mail, FailedMail failed, bool isOfMail)
    {
        int failures = failed.Failures + 1;
        DateTimeOffset next = Now + Pause.After(failures, _services.Clock.Random.NextDouble());
        _failed[mail.Id] = new FailedMail(isOfMail ? failed.Tries + 1 : failed.Tries, failures, _taken, next);
    }

    private DateTimeOffset Now => _services.Clock.Time.GetUtcNow();

    private TimeSpan UntilNextTry() => _failed.Count == 0 ? TimeSpan.MaxValue : _failed.Values.Min(static failed => failed.NextTryAt) - Now;

    private void Tell(string why)
    {
        // Told once for each reason: a mailbox that is away must not fill the log.
        if (_services.Troubles.Tell(Channel.Id, why))
            LogTrouble(_services.Logger, Channel.Id, why);
    }

    private async ValueTask PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, _services.Clock.Time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The watch's own end, which the loop sees.
        }
    }

    [LoggerMessage(1443, LogLevel.Warning, "The mailbox of channel '{Channel}' cannot be read; it is tried again: {Why}")]
    private static partial void LogTrouble(ILogger logger, string channel, string why);

    [LoggerMessage(1444, LogLevel.Information, "The mailbox of channel '{Channel}' is read again.")]
    private static partial void LogGoesOn(ILogger logger, string channel);

    /// <param name="Tries">Those that the mail itself is the reason of.</param>
    /// <param name="Failures">All that there were.</param>
    /// <param name="TakenBefore">How many others were taken when it last failed.</param>
    private readonly record struct FailedMail(int Tries, int Failures, long TakenBefore, DateTimeOffset NextTryAt);
}
