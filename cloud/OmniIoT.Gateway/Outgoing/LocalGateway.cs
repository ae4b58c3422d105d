using System.Text;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Routing;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Outgoing;

/// <summary>Messages down from the grains' outbox, and what other processes want of this one's connections.</summary>
internal sealed class LocalGateway(GatewayCore gateway) : ILocalGateway
{
    private const string CredentialsEnded = "credentials ended";

    public long Connections => gateway.Counters.Connections;

    public ValueTask ReleaseSessionAsync(string key) => gateway.Sessions.ReleaseAsync(key);

    public ValueTask AdoptSessionsAsync(IReadOnlyList<OwnedSession> sessions, CancellationToken cancellationToken) =>
        gateway.Sessions.AdoptAsync(sessions, cancellationToken);

    public TimeSpan CountPublished(EntityId principal, int messages) =>
        gateway.Scopes.Find(principal)?.Rate?.Take(messages) ?? TimeSpan.Zero;

    public ValueTask<int> PublishAsync(Downlink downlink, CancellationToken cancellationToken) =>
        PublishAsync(downlink, isLast: true, cancellationToken);

    public async ValueTask<int> PublishAsync(Downlink downlink, bool isLast, CancellationToken cancellationToken)
    {
        await gateway.Restored.WaitAsync(cancellationToken); // Before, sessions that wait for it would be missed.
        int sessions = 0;
        IReadOnlyList<string> kept;
        do
        {
            kept = await gateway.Sessions.ArrivedAsync(downlink.Target, cancellationToken);
            sessions = Math.Max(sessions, await HandOverAsync(downlink, isLast));
        } while (!gateway.Sessions.AreHere(kept)); // One left meanwhile, perhaps without it.
        return sessions > 0 || await gateway.Sessions.HasAnyAsync(downlink.Target, cancellationToken) ? sessions : ILocalGateway.NoneHere;
    }

    public async ValueTask DisconnectAsync(EntityId principal, string reason)
    {
        ConnectionEnd end = new(ReasonCode.AdministrativeAction, reason.Length > 0 ? reason : CredentialsEnded);
        Connection[] connections =
        [
            .. gateway.Connections.All().Where(connection => connection.HasSession && connection.Scope.Principal == principal),
        ];
        foreach (Connection connection in connections)
            connection.End(end); // All of them, before anything can go wrong.
        foreach (Connection connection in connections)
            await gateway.Sessions.DetachAsync(connection, connection.Ending!);
    }

    /// <returns>How many sessions of those that are here have it now.</returns>
    private async ValueTask<int> HandOverAsync(Downlink downlink, bool isLast)
    {
        List<PrincipalScope> scopes = [];
        try
        {
            PublishBatch batch = gateway.Submitter.Pool.Rent();
            Prepare(batch, downlink, scopes);
            int sessions = batch.DeliveryCount + batch.AlreadyHeld;
            if (isLast && batch.HasEffects)
                // In one commit: a crash in between repeats nothing, nor does who else tries.
                batch.Effects.Add(new Dequeue(downlink.Id, IsClaim: true));
            return await TryCommitAsync(batch) ? sessions : 0;
        }
        finally
        {
            foreach (PrincipalScope scope in scopes)
                gateway.Scopes.Leave(scope);
        }
    }

    /// <summary>When it fails, the batch has promised nothing to anybody.</summary>
    private void Prepare(PublishBatch batch, Downlink downlink, List<PrincipalScope> scopes)
    {
        try
        {
            Fill(batch, downlink, scopes);
        }
        catch
        {
            batch.Abandon();
            throw;
        }
    }

    private void Fill(PublishBatch batch, Downlink downlink, List<PrincipalScope> scopes)
    {
        MessageExtras extras = new([], downlink.ExpiresAt, downlink.Reference);
        Utterance own = new(downlink.Target, downlink.Topic, downlink.Payload, QualityOfService.AtLeastOnce, downlink.Retain);
        IEnumerable<(Utterance, IDialect?)> others = gateway.Dialects.SelectMany(dialect =>
            Say(dialect, downlink).Select(said => (said, (IDialect?)dialect))
        );
        foreach ((Utterance said, IDialect? audience) in others.Prepend((own, null)))
        {
            PrincipalScope scope = gateway.Scopes.Enter(said.Principal);
            if (scopes.Count == 0)
                batch.Open(scope, null, gateway.Now);
            scopes.Add(scope);
            Add(batch, scope, said, audience, extras);
        }
    }

    /// <summary>A dialect without words for it takes nothing from those who speak another.</summary>
    private List<Utterance> Say(IDialect dialect, Downlink downlink)
    {
        try
        {
            return [.. dialect.Say(downlink)];
        }
        catch (Exception error)
        {
            Log.DialectFailed(gateway.Logger, dialect.GetType().Name, error);
            return [];
        }
    }

    private void Add(PublishBatch batch, PrincipalScope scope, Utterance said, IDialect? audience, MessageExtras extras)
    {
        IncomingMessage message = new()
        {
            Topic = Encoding.UTF8.GetBytes(said.Topic),
            Payload = said.Payload.Span,
            Qos = (byte)said.Qos,
            Retain = said.Retain,
            Properties = default,
            Extras = extras,
            Audience = audience,
        };
        gateway.Router.Add(batch, scope, null, null, message, 0);
    }

    // One try: the outbox tries again by itself.
    private async ValueTask<bool> TryCommitAsync(PublishBatch batch)
    {
        try
        {
            if (await gateway.Commits.CommitOnceAsync(batch.Effects) is CommitOutcome.Conflict)
            {
                batch.Abandon(); // It went out elsewhere meanwhile.
                return false;
            }
        }
        catch
        {
            batch.Abandon();
            throw;
        }
        batch.Complete();
        return true;
    }
}
