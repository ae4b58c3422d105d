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
            PublishBatch batch = Prepare(downlink, scopes);
            int sessions = batch.DeliveryCount + batch.AlreadyHeld;
            if (batch.HasEffects) batch.Effects.Add(new Dequeue(downlink.Id)); // In one commit: a crash in between repeats nothing.
            await CommitAsync(batch);
            return sessions;
        }
        finally
        {
            foreach (PrincipalScope scope in scopes) gateway.Scopes.Leave(scope);
        }
    }

    public async ValueTask DisconnectAsync(EntityId principal, string reason)
    {
        ConnectionEnd end = new(ReasonCode.AdministrativeAction, reason.Length > 0 ? reason : CredentialsEnded);
        foreach (Connection connection in gateway.Connections.All().Where(connection => connection.HasSession && connection.Scope.Principal == principal))
        {
            connection.End(end);
            await gateway.Sessions.DetachAsync(connection, connection.Ending!);
        }
    }

    private PublishBatch Prepare(Downlink downlink, List<PrincipalScope> scopes)
    {
        PublishBatch batch = gateway.Submitter.Pool.Rent();
        MessageExtras extras = new([], downlink.ExpiresAt, downlink.Reference);
        Utterance own = new(downlink.Target, downlink.Topic, downlink.Payload, QualityOfService.AtLeastOnce, downlink.Retain);
        IEnumerable<(Utterance, IDialect?)> others = gateway.Dialects.SelectMany(dialect => dialect.Say(downlink).Select(said => (said, (IDialect?)dialect)));
        foreach ((Utterance said, IDialect? audience) in others.Prepend((own, null)))
        {
            PrincipalScope scope = gateway.Scopes.Enter(said.Principal);
            if (scopes.Count == 0) batch.Open(scope, null, gateway.Now);
            scopes.Add(scope);
            Add(batch, scope, said, audience, extras);
        }
        return batch;
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
