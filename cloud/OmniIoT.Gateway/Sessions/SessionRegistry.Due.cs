using OmniIoT.Domain.Effects;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Ports;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Sessions;

// What happens by the passing of time, asked for by the heartbeat. Nothing happens early.
internal sealed partial class SessionRegistry
{
    private readonly PriorityQueue<Session, long> _due = new();

    /// <summary>Ends sessions that nobody came back to, and publishes wills whose delay is over.</summary>
    public async ValueTask RunDueAsync()
    {
        List<Effect> effects = [];
        List<(Session Session, WillMessage Will)> due = [];
        lock (_lock)
        {
            Instant now = parts.Time.Now();
            while (_due.TryPeek(out Session? session, out long dueAt) && dueAt <= now.UnixMilliseconds)
            {
                _due.Dequeue();
                Run(session, now, effects, due);
            }
        }
        foreach ((Session session, WillMessage will) in due)
            await wills.PublishAsync(session, will, session.IsEnded ? null : new PutSession(session.ToStored()));
        await parts.Commits.CommitAsync(effects, parts.Background.Stopping);
    }

    private void Run(Session session, Instant now, List<Effect> effects, List<(Session, WillMessage)> due)
    {
        if (session.IsEnded || session.Owner is not null || session.DisconnectedAt is not { } since)
            return;
        if (since + session.Expiry <= now)
        {
            Remove(session, effects, due);
            return;
        }
        if (session.Will is not { DueAt: { } dueAt } will || dueAt > now)
            return; // An entry from an earlier absence: this one has its own.
        due.Add((session, will.Message));
        session.Will = null;
    }

    private void Schedule(Session session)
    {
        Instant since = session.DisconnectedAt!.Value;
        _due.Enqueue(session, (since + session.Expiry).UnixMilliseconds);
        if (session.Will is { DueAt: { } dueAt })
            _due.Enqueue(session, dueAt.UnixMilliseconds);
    }
}
