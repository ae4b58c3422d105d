using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Commit;
using OmniIoT.Commit.Delivery;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Loops;

namespace OmniIoT.Channels.Outbound;

/// <summary>
/// Hands over to providers what was committed to leave. The messages of a conversation go in their order on each channel, no
/// conversation and no channel waits for another. What a provider does not take now is tried again with growing pauses or when the
/// provider says, for <see cref="Patience"/>; what it refuses, or took too long, has failed and is a dead letter. That a message is begun
/// is stored before it is sent: after a crash in between it is sent again, and where the provider does not know it again, it may have gone
/// twice and says so.
/// </summary>
public sealed partial class ChannelSender(
    IOutgoingMessages outgoing,
    ChannelDirectory directory,
    IEnumerable<IChannelAdapter> adapters,
    IInbox inbox,
    DeliveryServices services
) : BackgroundService
{
    /// <summary>How long a message is tried.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>How long it is tried to tell of a message that stands in the chat: later it is no news.</summary>
    public static readonly TimeSpan PatienceOfNotices = TimeSpan.FromMinutes(10);

    private const int OrdersAtOnce = 1024;
    private const string MaybeSentTwice = "maybeSentTwice";

    /// <summary>
    /// For what others left; what is sent here is known by the commit, and when it is tried again by <see cref="_later"/>.
    /// </summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    // A provider that is back is served within ten minutes.
    private static readonly Backoff Pause = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10));

    private readonly Dictionary<string, IChannelAdapter> _adapters = adapters.ToDictionary(adapter => adapter.Type, StringComparer.Ordinal);
    private readonly Dictionary<(string Conversation, string Channel), Task> _running = [];

    /// <summary>When messages that were not taken are tried again.</summary>
    private readonly ConcurrentDictionary<string, Instant> _later = new(StringComparer.Ordinal);
    private readonly AsyncSignal _waiting = new();

    private Instant Now => services.Clock.Time.Now();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        services.Committer.DeliveriesWaiting += _ => _waiting.Set();
        await services.Loops.RunAsync(
            PartNames.Deliveries,
            "messages to customers",
            LookAsync,
            token => _waiting.WaitAsync(UntilNextDue(), services.Clock.Time, token),
            stoppingToken
        );
        await Task.WhenAll(_running.Values);
    }

    private TimeSpan UntilNextDue()
    {
        Instant now = Now;
        // What fell due since the look is taken by the next, which is at once.
        return _later.Values.Select(next => next > now ? next - now : TimeSpan.Zero).Append(LookEvery).Min();
    }

    private async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        Instant now = Now;
        foreach ((string message, _) in _later.Where(later => later.Value <= now))
            _later.TryRemove(message, out _);
        // Before the look: what is still at work is in it, and must not be begun again.
        foreach ((string, string) ended in _running.Where(work => work.Value.IsCompleted).Select(work => work.Key).ToArray())
            _running.Remove(ended);
        foreach (WaitingMessage waiting in await outgoing.DueAsync(now, OrdersAtOnce, cancellationToken))
        {
            (string Conversation, string Channel) order = (waiting.Message.ConversationId, waiting.Message.Channel);
            if (!_running.ContainsKey(order) && services.Processes.IsShareOfOwn(order.Conversation))
                _running.Add(order, Begin(waiting, cancellationToken));
        }
    }

    private Task Begin(WaitingMessage waiting, CancellationToken cancellationToken)
    {
        Task work = Task.Run(() => WorkAsync(waiting, cancellationToken), CancellationToken.None);
        // After its end, so that the look that it asks for sees it ended.
        _ = work.ContinueWith(_ => _waiting.Set(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return work;
    }

    private async Task WorkAsync(WaitingMessage waiting, CancellationToken cancellationToken)
    {
        try
        {
            await TryAsync(waiting, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It is begun in storage, and goes on after the next start.
        }
        catch (Exception error)
        {
            LogFailed(services.Logger, waiting.Message.MessageId, waiting.Message.Channel, error);
        }
    }

    private async ValueTask TryAsync(WaitingMessage waiting, CancellationToken cancellationToken)
    {
        OutgoingMessage message = waiting.Message;
        if (!await CommitAsync(new BeginSending(message.MessageId, waiting.Tries)))
            return;
        switch (await SendAsync(message, cancellationToken))
        {
            case SendOutcome.Sent when message.IsNotice:
                await CommitAsync(new EndSending(message.MessageId));
                break;
            case SendOutcome.Sent sent:
                string? doubt = waiting.IsBegun && !HasKey(message) ? MaybeSentTwice : null;
                await ReportAsync(message, MessageState.Sent, sent.ExternalId, doubt, cancellationToken);
                break;
            case SendOutcome.Refused refused:
                await GiveUpAsync(message, refused.Why, cancellationToken);
                break;
            case SendOutcome.NotNow notNow when Now - message.CreatedAt >= PatienceFor(message):
                await GiveUpAsync(message, notNow.Why, cancellationToken);
                break;
            case SendOutcome.NotNow notNow:
                LogLater(services.Logger, message.MessageId, message.Channel, waiting.Tries + 1, notNow.Why);
                TimeSpan pause = notNow.After ?? Pause.After(waiting.Tries + 1, services.Clock.Random.NextDouble());
                // Whoever asks for longer than it is tried is asked once more at its end.
                Instant next = Instant.Min(Now + pause, message.CreatedAt + PatienceFor(message));
                await CommitAsync(new SendLater(message.MessageId, next));
                _later[message.MessageId] = next;
                break;
        }
    }

    private async ValueTask<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (directory.FindEnabled(message.Channel) is not { } channel || !_adapters.TryGetValue(channel.Type, out IChannelAdapter? adapter))
            return new SendOutcome.NotNow("channelDisabled");
        try
        {
            return await adapter.SendAsync(channel, message, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(services.Logger, message.MessageId, message.Channel, error);
            return new SendOutcome.NotNow(error.Message);
        }
    }

    private static TimeSpan PatienceFor(OutgoingMessage message) => message.IsNotice ? PatienceOfNotices : Patience;

    private bool HasKey(OutgoingMessage message) => directory.Find(message.Channel) is { } channel && ChannelKinds.All[channel.Type].HasKey;

    private async ValueTask GiveUpAsync(OutgoingMessage message, string why, CancellationToken cancellationToken)
    {
        if (message.IsNotice)
        {
            await CommitAsync(new EndSending(message.MessageId));
            return;
        }
        LogGivenUp(services.Logger, message.MessageId, message.Channel, why);
        await CommitAsync(new AppendDeadLetter(UndeliverableMessage.Of(message, Now, why)));
        services.Metrics.DeadLetters.Add(1, new KeyValuePair<string, object?>("reason", "undeliverable"));
        await ReportAsync(message, MessageState.Failed, null, why, cancellationToken);
    }

    /// <summary>Insists: what was sent and is not recorded would be sent again.</summary>
    private async ValueTask ReportAsync(
        OutgoingMessage message,
        MessageState state,
        string? externalId,
        string? error,
        CancellationToken cancellationToken
    )
    {
        MessageReport report = new(message.ConversationId, message.MessageId, state, externalId, error);
        for (int tries = 1; ; tries++)
        {
            try
            {
                await inbox.ReportAsync(message.CustomerId, report, cancellationToken);
                return;
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogUnrecorded(services.Logger, message.MessageId, failure);
                await Task.Delay(Pause.After(tries, random: 0), services.Clock.Time, cancellationToken);
            }
        }
    }

    private async ValueTask<bool> CommitAsync(Effect effect) =>
        await ((ICommitter)services.Committer).CommitAsync(new CommitUnit { Effects = { effect } }) != CommitOutcome.Conflict;

    [LoggerMessage(1411, LogLevel.Warning, "Message '{Message}' on channel '{Channel}' failed on our side; it is tried again.")]
    private static partial void LogFailed(ILogger logger, string message, string channel, Exception error);

    [LoggerMessage(1412, LogLevel.Information, "Message '{Message}' on channel '{Channel}' was not taken at try {Try}: {Why}")]
    private static partial void LogLater(ILogger logger, string message, string channel, int @try, string why);

    [LoggerMessage(1413, LogLevel.Warning, "Message '{Message}' on channel '{Channel}' went to the dead letters: {Why}")]
    private static partial void LogGivenUp(ILogger logger, string message, string channel, string why);

    [LoggerMessage(1414, LogLevel.Warning, "What became of message '{Message}' could not be recorded; it is tried again.")]
    private static partial void LogUnrecorded(ILogger logger, string message, Exception error);
}
