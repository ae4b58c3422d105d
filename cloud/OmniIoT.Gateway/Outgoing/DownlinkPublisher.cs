using System.Text;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Routing;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Outgoing;

/// <summary>Messages down from the grains' outbox.</summary>
internal sealed class DownlinkPublisher(GatewayCore gateway) : IDownlinkPublisher
{
    private const string CredentialsEnded = "credentials ended";

    public async ValueTask<int> PublishAsync(Downlink downlink, CancellationToken cancellationToken)
    {
        await gateway.Restored.WaitAsync(cancellationToken); // Before, sessions that wait for it would be missed.
        List<PrincipalScope> scopes = [];
        try
        {
            PublishBatch batch = gateway.Submitter.Pool.Rent();
            Prepare(batch, downlink, scopes);
            int sessions = batch.DeliveryCount + batch.AlreadyHeld;
            if (batch.HasEffects)
                batch.Effects.Add(new Dequeue(downlink.Id)); // In one commit: a crash in between repeats nothing.
            await CommitAsync(batch);
            return sessions;
        }
        finally
        {
            foreach (PrincipalScope scope in scopes)
                gateway.Scopes.Leave(scope);
        }
    }

    public async ValueTask DisconnectAsync(EntityId principal, string reason)
    {
        ConnectionEnd end = new(
            ReasonCode.AdministrativeAction,
            reason.Length > 0 ? reason : CredentialsEnded
        );
        Connection[] connections =
        [
            .. gateway
                .Connections.All()
                .Where(connection =>
                    connection.HasSession && connection.Scope.Principal == principal
                ),
        ];
        foreach (Connection connection in connections)
            connection.End(end); // All of them, before anything can go wrong.
        foreach (Connection connection in connections)
            await gateway.Sessions.DetachAsync(connection, connection.Ending!);
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
        Utterance own = new(
            downlink.Target,
            downlink.Topic,
            downlink.Payload,
            QualityOfService.AtLeastOnce,
            downlink.Retain
        );
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

    private void Add(
        PublishBatch batch,
        PrincipalScope scope,
        Utterance said,
        IDialect? audience,
        MessageExtras extras
    )
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
    private async ValueTask CommitAsync(PublishBatch batch)
    {
        try
        {
            await gateway.Commits.CommitOnceAsync(batch.Effects);
        }
        catch
        {
            batch.Abandon();
            throw;
        }
        batch.Complete();
    }
}
