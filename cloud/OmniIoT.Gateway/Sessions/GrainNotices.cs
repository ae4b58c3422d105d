using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Sessions;

/// <summary>Tells the grain of a principal what its sessions do; laboratory mode has no grains.</summary>
internal sealed class GrainNotices(IIngress ingress, IProcesses processes, TimeProvider time)
{
    /// <summary>The session has a connection.</summary>
    /// <param name="address">The client's, without its port.</param>
    public ValueTask OpenedAsync(Session session, string address, CancellationToken cancellationToken) =>
        NotifyAsync(session, new SessionOpened(time.Now(), processes.Own, session.ClientId, address), cancellationToken);

    /// <summary>The session's connection is gone.</summary>
    public ValueTask ClosedAsync(Session session, string why, CancellationToken cancellationToken) =>
        NotifyAsync(session, new SessionClosed(time.Now(), processes.Own, session.ClientId, why), cancellationToken);

    /// <summary>The session can hear downlinks now; what it does not hold already is wanted.</summary>
    public ValueTask DownlinksWantedAsync(Session session, CancellationToken cancellationToken) =>
        NotifyAsync(session, new DownlinksWanted(time.Now(), session.ClientId, session.HeldReferences()), cancellationToken);

    /// <summary>The client has a downlink.</summary>
    public ValueTask AcknowledgedAsync(Session session, string reference, CancellationToken cancellationToken) =>
        NotifyAsync(session, new DownlinkProgress(time.Now(), reference, 1, Acknowledged: true), cancellationToken);

    private ValueTask NotifyAsync(Session session, GatewayNotice notice, CancellationToken cancellationToken) =>
        session.Scope.Principal is { } principal ? ingress.NotifyAsync(principal, notice, cancellationToken) : ValueTask.CompletedTask;
}
