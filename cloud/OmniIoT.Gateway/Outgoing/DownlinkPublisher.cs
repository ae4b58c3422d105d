using System.Text;
using OmniIoT.Domain;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Routing;
using OmniIoT.Grains.Ingest;

namespace OmniIoT.Gateway.Outgoing;

/// <summary>Messages down from the grains' outbox.</summary>
internal sealed class DownlinkPublisher(GatewayCore gateway) : IDownlinkPublisher
{
    private const string CredentialsEnded = "credentials ended";

    public async ValueTask<int> PublishAsync(Downlink downlink, CancellationToken cancellationToken)
    {
        await gateway.Restored.WaitAsync(cancellationToken); // Before, sessions that wait for it would be missed.
        PrincipalScope scope = gateway.Scopes.Enter(downlink.Target);
        try
        {
            PublishBatch batch = Prepare(scope, downlink);
            int sessions = batch.DeliveryCount + batch.AlreadyHeld;
            if (batch.HasEffects) batch.Effects.Add(new Dequeue(downlink.Id)); // In one commit: a crash in between repeats nothing.
            await CommitAsync(batch);
            return sessions;
        }
        finally
        {
            gateway.Scopes.Leave(scope);
        }
    }

    public async ValueTask DisconnectAsync(GrainId principal, string reason)
    {
        ConnectionEnd end = new(ReasonCode.AdministrativeAction, reason.Length > 0 ? reason : CredentialsEnded);
        foreach (Connection connection in gateway.Connections.All().Where(connection => connection.HasSession && connection.Scope.Principal == principal))
        {
            connection.End(end);
            await gateway.Sessions.DetachAsync(connection, connection.Ending!);
        }
    }

    private PublishBatch Prepare(PrincipalScope scope, Downlink downlink)
    {
        PublishBatch batch = gateway.Submitter.Pool.Rent();
        batch.Open(scope, null, gateway.Now);
        byte[] topic = Encoding.UTF8.GetBytes(downlink.Topic);
        IncomingMessage message = new()
        {
            Topic = topic,
            Payload = downlink.Payload,
            Qos = (byte)QualityOfService.AtLeastOnce,
            Retain = downlink.Retain,
            Properties = default,
            Extras = new MessageExtras([], downlink.ExpiresAt, downlink.Reference),
        };
        gateway.Router.Add(batch, scope, null, null, message, 0);
        return batch;
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
