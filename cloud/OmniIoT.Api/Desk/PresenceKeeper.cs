using Microsoft.Extensions.Hosting;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Sessions;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Loops;

namespace OmniIoT.Api.Desk;

/// <summary>
/// Ends the presence of who is not there any more: whose last event stream ended a while ago, who signed out, or who may not serve
/// customers any more. Each process says of its own streams who came and who left; one of them ends presences.
/// </summary>
internal sealed class PresenceKeeper(
    Presences presences,
    AgentStreams streams,
    AgentSessions sessions,
    Staff staff,
    AgentAccounts accounts,
    IProcesses processes,
    PresencePace pace
) : BackgroundService
{
    private const string Share = "presence";

    private bool _isSomebodyThere;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        pace.Loops.RunAsync(
            PartNames.Cluster,
            "keeping presences",
            KeepAsync,
            token => pace.Loops.UntilNextBeatAsync(_isSomebodyThere ? PresencePace.Beat : PresencePace.BeatWhileAlone, token),
            stoppingToken
        );

    private async ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        Instant now = pace.Time.Now();
        bool ends = processes.IsShareOfOwn(Share);
        _isSomebodyThere = false;
        foreach (StoredPresence stored in await presences.AllAsync(cancellationToken))
        {
            if (stored.Value.State is PresenceState.Offline)
                continue;
            _isSomebodyThere = true;
            AgentPresence seen = See(stored.Value, now);
            if (ends && await IsOverAsync(seen, now, cancellationToken))
                seen = seen.End(now);
            // Somebody else may have been faster; then it is looked at anew.
            if (seen != stored.Value || (ends && stored.Value.Uncounted(now) >= PresencePace.Counting))
                await presences.PutAsync(seen, stored);
        }
    }

    /// <summary>As this process knows of their streams.</summary>
    private AgentPresence See(AgentPresence presence, Instant now)
    {
        bool isHere = streams.HasOpen(presence.AgentId);
        bool isElsewhere = presence.Process is { } process && process != processes.Own && processes.IsLiving(process);
        if (isHere)
            return presence.LeftAt is not null || (presence.Process != processes.Own && !isElsewhere)
                ? presence with
                {
                    Process = processes.Own,
                    LeftAt = null,
                }
                : presence;
        return presence is { Process: not null, LeftAt: null } && !isElsewhere ? presence with { LeftAt = now } : presence;
    }

    private async ValueTask<bool> IsOverAsync(AgentPresence presence, Instant now, CancellationToken cancellationToken)
    {
        if (presence.LeftAt + PresencePace.Grace <= now)
            return true;
        if (
            await accounts.FindAsync(presence.AgentId, cancellationToken) is not { } account
            || !await staff.MayServeAsync(account, cancellationToken)
        )
            return true;
        return presence.SessionId is { } session
            && !(await sessions.ListAsync(account, cancellationToken)).Any(holds => holds.Id == session);
    }
}

/// <summary>How soon somebody counts as gone.</summary>
internal sealed record PresencePace(BackgroundLoops Loops, TimeProvider Time)
{
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Who comes is there from then on; that they left is to be seen well within <see cref="Grace"/>.</summary>
    public static readonly TimeSpan BeatWhileAlone = TimeSpan.FromSeconds(5);

    /// <summary>How often the time of who stays is counted: reports part time no finer.</summary>
    public static readonly TimeSpan Counting = TimeSpan.FromMinutes(15);

    /// <summary>Pages are reloaded and networks change: the console is back within seconds.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
}
