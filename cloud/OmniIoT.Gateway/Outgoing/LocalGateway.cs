using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Outgoing;

/// <summary>Messages down from the grains' outbox, and what other processes want of this one's connections.</summary>
internal sealed class LocalGateway(
    GatewayLifecycle lifecycle,
    GatewayCounters counters,
    ConnectionRegistry connections,
    SessionRegistry registry,
    ScopeRegistry scopes,
    DownlinkHandOver downlinks
) : ILocalGateway
{
    private const string CredentialsEnded = "credentials ended";

    public long Connections => counters.Connections;

    public ValueTask ReleaseSessionAsync(string key) => registry.ReleaseAsync(key);

    public ValueTask AdoptSessionsAsync(IReadOnlyList<OwnedSession> sessions, CancellationToken cancellationToken) =>
        registry.AdoptAsync(sessions, cancellationToken);

    public TimeSpan CountPublished(EntityId principal, int messages) => scopes.Find(principal)?.Rate?.Take(messages) ?? TimeSpan.Zero;

    public ValueTask<int> PublishAsync(Downlink downlink, CancellationToken cancellationToken) =>
        PublishAsync(downlink, isLast: true, cancellationToken);

    public async ValueTask<int> PublishAsync(Downlink downlink, bool isLast, CancellationToken cancellationToken)
    {
        await lifecycle.Restored.WaitAsync(cancellationToken); // Before, sessions that wait for it would be missed.
        int reached = 0;
        IReadOnlyList<string> kept;
        do
        {
            kept = await registry.ArrivedAsync(downlink.Target, cancellationToken);
            reached = Math.Max(reached, await downlinks.HandOverAsync(downlink, isLast));
        } while (!registry.AreHere(kept)); // One left meanwhile, perhaps without it.
        return reached > 0 || await registry.HasAnyAsync(downlink.Target, cancellationToken) ? reached : ILocalGateway.NoneHere;
    }

    public async ValueTask DisconnectAsync(EntityId principal, string reason)
    {
        ConnectionEnd end = new(ReasonCode.AdministrativeAction, reason.Length > 0 ? reason : CredentialsEnded);
        Connection[] own = [.. connections.All().Where(connection => connection.HasSession && connection.Scope.Principal == principal)];
        foreach (Connection connection in own)
            connection.End(end); // All of them, before anything can go wrong.
        foreach (Connection connection in own)
            await registry.DetachAsync(connection, connection.Ending!);
    }
}
