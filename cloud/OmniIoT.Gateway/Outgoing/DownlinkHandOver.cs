using System.Text;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Gateway.Outgoing;

/// <summary>Gives downlinks of the grains' outbox to the sessions that are in this process.</summary>
internal sealed class DownlinkHandOver(
    DialectRegistry dialects,
    ScopeRegistry scopes,
    BatchPool batches,
    Router router,
    SessionCommits commits
)
{
    /// <summary>One try: the outbox tries again by itself.</summary>
    /// <param name="isLast">Whether the downlink leaves the outbox with it.</param>
    /// <returns>How many sessions of those that are here have it now.</returns>
    public async ValueTask<int> HandOverAsync(Downlink downlink, bool isLast)
    {
        List<PrincipalScope> entered = [];
        try
        {
            PrincipalScope own = Enter(downlink.Target, entered);
            PublishBatch batch = batches.Open(own, null);
            Prepare(batch, downlink, entered);
            int sessions = batch.DeliveryCount + batch.AlreadyHeld;
            if (isLast && batch.HasEffects)
                // In one commit: a crash in between repeats nothing, nor does who else tries.
                batch.Effects.Add(new Dequeue(downlink.Id, IsClaim: true));
            return await TryCommitAsync(batch) ? sessions : 0;
        }
        finally
        {
            foreach (PrincipalScope scope in entered)
                scopes.Leave(scope);
        }
    }

    private PrincipalScope Enter(EntityId principal, List<PrincipalScope> entered)
    {
        PrincipalScope scope = scopes.Enter(principal);
        entered.Add(scope);
        return scope;
    }

    /// <summary>When it fails, the batch has promised nothing to anybody.</summary>
    private void Prepare(PublishBatch batch, Downlink downlink, List<PrincipalScope> entered)
    {
        try
        {
            Fill(batch, downlink, entered);
        }
        catch
        {
            batch.Abandon();
            throw;
        }
    }

    private void Fill(PublishBatch batch, Downlink downlink, List<PrincipalScope> entered)
    {
        MessageExtras extras = new([], downlink.ExpiresAt, downlink.Reference);
        Utterance own = new(downlink.Target, downlink.Topic, downlink.Payload, QualityOfService.AtLeastOnce, downlink.Retain);
        Add(batch, entered[0], own, null, extras);
        foreach ((Utterance said, IDialect audience) in dialects.Say(downlink))
            Add(batch, Enter(said.Principal, entered), said, audience, extras);
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
        router.Add(batch, scope, null, null, message, 0);
    }

    private async ValueTask<bool> TryCommitAsync(PublishBatch batch)
    {
        try
        {
            if (await commits.CommitOnceAsync(batch.Effects) is CommitOutcome.Conflict)
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
