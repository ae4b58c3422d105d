using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Silo;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Sessions;
using Orleans;

namespace OmniIoT.Grains.Processes;

/// <summary>
/// Brings what goes down to the processes that have sessions of whom it is for: this one's gateway directly, the others' by calls. A
/// session of a process that is gone is taken over here first.
/// </summary>
internal sealed class ClusterDownlinks(
    ILocalGateway local,
    IProcesses processes,
    IGrainFactory grains,
    ISharedSessions sessions,
    TimeProvider time
) : IDownlinkPublisher
{
    public async ValueTask<int> PublishAsync(Downlink downlink, CancellationToken cancellationToken)
    {
        int handed = 0;
        bool haveLeft;
        IReadOnlyList<OwnedSession> asked;
        IReadOnlyList<OwnedSession> owned = await ArrivedAsync(downlink.Target, cancellationToken);
        do
        {
            asked = owned;
            IReadOnlyDictionary<string, int> answers = await HandOverAsync(downlink, asked, cancellationToken);
            handed = Math.Max(handed, answers.Values.Where(answer => answer > 0).Sum());
            if (handed >= asked.Count)
                return handed;
            haveLeft = asked.Any(session => session.Process is { } process && answers.GetValueOrDefault(process) == ILocalGateway.NoneHere);
            owned = await ArrivedAsync(downlink.Target, cancellationToken);
        } while (haveLeft || HaveMoved(asked, owned)); // To where nobody was asked; perhaps they are back by now.
        return handed;
    }

    public async ValueTask DisconnectAsync(EntityId principal, string reason)
    {
        await local.DisconnectAsync(principal, reason);
        IReadOnlyList<OwnedSession> owned = await sessions.OfAsync(principal, CancellationToken.None);
        foreach (string process in Others(principal, owned))
            await TryDisconnectAsync(process, principal, reason);
    }

    /// <summary>The sessions of a principal, once none of them is on its way.</summary>
    private async ValueTask<IReadOnlyList<OwnedSession>> ArrivedAsync(EntityId principal, CancellationToken cancellationToken)
    {
        long since = time.GetTimestamp();
        while (true)
        {
            IReadOnlyList<OwnedSession> owned = await sessions.OfAsync(principal, cancellationToken);
            if (owned.All(session => session.Process is not null) || time.GetElapsedTime(since) >= ISharedSessions.UnderWayAtMost)
                return owned;
            await Task.Delay(ISharedSessions.UnderWayPause, time, cancellationToken);
        }
    }

    /// <returns>What each process answered that was asked.</returns>
    private async ValueTask<IReadOnlyDictionary<string, int>> HandOverAsync(
        Downlink downlink,
        IReadOnlyList<OwnedSession> owned,
        CancellationToken cancellationToken
    )
    {
        await local.AdoptSessionsAsync(owned, cancellationToken);
        string[] others = [.. Others(downlink.Target, owned)];
        bool isLocal = others.Length == 0 || owned.Count == 0 || owned.Any(session => !others.Contains(session.Process));
        Dictionary<string, int> answers = new(StringComparer.Ordinal);
        for (int i = 0; i < others.Length; i++)
            answers[others[i]] = await Of(others[i])
                .PublishAsync(downlink, isLast: !isLocal && i == others.Length - 1)
                .WaitAsync(cancellationToken);
        if (isLocal)
            answers[processes.Own] = await local.PublishAsync(downlink, cancellationToken);
        return answers;
    }

    private bool HaveMoved(IReadOnlyList<OwnedSession> before, IReadOnlyList<OwnedSession> now) =>
        now.Any(session =>
            before.Any(former =>
                former.Session.ClientId == session.Session.ClientId
                && former.Process != session.Process
                && (former.Process is not { } process || processes.IsLiving(process))
            )
        );

    private IProcessGrain Of(string process) => grains.GetGrain<IProcessGrain>(process);

    /// <summary>
    /// The other processes that have sessions of the principal. For a device that has none, whichever process has the edge node that
    /// speaks for it.
    /// </summary>
    private IEnumerable<string> Others(EntityId principal, IReadOnlyList<OwnedSession> owned)
    {
        IEnumerable<string> holders =
            owned.Count == 0 && principal.Kind is EntityKind.Device
                ? processes.Active
                : owned.Select(session => session.Process).OfType<string>().Distinct(StringComparer.Ordinal);
        return holders.Where(process => process != processes.Own && processes.IsLiving(process));
    }

    /// <summary>A process that is lost meanwhile has no connections any more.</summary>
    private async ValueTask TryDisconnectAsync(string process, EntityId principal, string reason)
    {
        try
        {
            await Of(process).DisconnectAsync(principal, reason);
        }
        catch (Exception error) when (LostCalls.MayBeMadeAgain(error) && !processes.IsLiving(process))
        {
            // As wanted.
        }
    }
}
