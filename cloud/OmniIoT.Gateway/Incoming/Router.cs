using System.Text;
using Microsoft.Extensions.Logging;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Options;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Incoming;

/// <summary>
/// Writes down in a batch who gets its messages, and what of that must become durable with them. Nothing goes out before the
/// batch is durable.
/// </summary>
internal sealed class Router(MqttGatewayOptions options, GatewayCounters counters, ILogger<Router> logger)
{
    /// <summary>No subscription matches.</summary>
    public const int NobodySubscribes = -1;

    private const int NotCopied = -2;

    /// <summary>Adds the message to the batch.</summary>
    /// <param name="publisher">Whose session it comes from; null for downlinks.</param>
    /// <param name="cache">The publisher's, when it has one.</param>
    /// <returns>Its index there; negative when nobody gets it, so that it is not copied.</returns>
    public int Add(
        PublishBatch batch,
        PrincipalScope scope,
        Session? publisher,
        MatchCache? cache,
        in IncomingMessage message,
        ushort packetIdentifier
    )
    {
        batch.MessageCount++;
        // Before the match: who subscribes meanwhile finds it retained or is matched, and never misses both.
        if (message.Retain)
            Retain(batch, scope, message, message.ExtrasAt(batch.Inbound.ReceivedAt));
        MatchSet matches = Match(scope.Subscriptions, publisher, cache, message.Topic);
        if (matches.IsEmpty && scope.IsLaboratory)
            return ReferenceEquals(matches, MatchSet.OwnOnly) ? NotCopied : NobodySubscribes;
        int index = batch.Inbound.Count;
        batch.Inbound.Add(message.Topic, message.Payload, message.Qos, packetIdentifier);
        if (!matches.IsEmpty)
            Spread(batch, matches, message, index);
        return index;
    }

    private static MatchSet Match(SubscriptionTree tree, Session? publisher, MatchCache? cache, ReadOnlySpan<byte> topic)
    {
        if (tree.IsEmpty)
            return MatchSet.Empty;
        return cache is null ? tree.Match(topic, publisher) : cache.Match(tree, topic, publisher);
    }

    private void Spread(PublishBatch batch, MatchSet matches, in IncomingMessage message, int index)
    {
        MessageExtras extras = message.ExtrasAt(batch.Inbound.ReceivedAt);
        OutboundMessage? kept = null;
        foreach (Target target in matches.Targets)
            Offer(batch, target, message, extras, index, ref kept);
        foreach (ShareGroup group in matches.Shares)
        {
            if (group.Next() is { } member)
                Offer(batch, member.Target, message, extras, index, ref kept);
        }
    }

    /// <summary>A session that cannot take it loses its connection; the others get theirs.</summary>
    private void Offer(
        PublishBatch batch,
        in Target target,
        in IncomingMessage message,
        MessageExtras extras,
        int index,
        ref OutboundMessage? kept
    )
    {
        try
        {
            Add(batch, target, message, extras, index, ref kept);
        }
        catch (Exception error)
        {
            Log.DeliveryFailed(logger, target.Session.Key, error);
            target.Session.Fail();
        }
    }

    private static void Add(
        PublishBatch batch,
        in Target target,
        in IncomingMessage message,
        MessageExtras extras,
        int index,
        ref OutboundMessage? kept
    )
    {
        Session session = target.Session;
        if (message.Audience is { } audience && !session.Dialects.Contains(audience))
            return;
        byte qos = Math.Min(message.Qos, target.MaximumQos); // MQTT5 [MQTT-3.8.4-8], MQTT311 [MQTT-3.8.4-6]
        if (qos == 0 && !session.IsOnline)
            return; // Nothing keeps it for a session that is away; it is not to count as handed over.
        bool retain = message.Retain && target.RetainAsPublished; // MQTT5 [MQTT-3.3.1-12] [MQTT-3.3.1-13], MQTT311 [MQTT-3.3.1-9]
        DeliveryTerms terms = new(qos, retain, target.Identifiers);
        OutboundEntry? entry = null;
        if (message.Audience is { SaysOnce: true } && qos == 0 && extras.Reference is { } said && !session.TryTell(said))
        {
            batch.AlreadyHeld++;
            return;
        }
        if (qos > 0 && extras.Reference is { } reference && session.Holds(reference))
        {
            batch.AlreadyHeld++;
            return;
        }
        if (qos > 0 && session.IsPersistent)
        {
            kept ??= new OutboundMessage(
                Encoding.UTF8.GetString(message.Topic),
                message.Topic.ToArray(),
                message.Payload.ToArray(),
                extras
            );
            entry = session.Reserve(kept, terms, batch.Effects);
            if (entry is null)
                return;
        }
        batch.AddDelivery(new Delivery(session, index, entry, extras, terms));
    }

    private void Retain(PublishBatch batch, PrincipalScope scope, in IncomingMessage message, MessageExtras extras)
    {
        bool isNew = message.Payload.Length > 0 && !scope.Retained.Contains(message.Topic);
        if (isNew && scope.Retained.Count >= options.MaximumRetained)
        {
            counters.Dropped();
            return;
        }
        RetainedMessage retained = new(
            Encoding.UTF8.GetString(message.Topic),
            message.Payload.ToArray(),
            message.Qos,
            extras.Properties,
            batch.Inbound.ReceivedAt,
            extras.ExpiresAt
        );
        batch.Retain(scope, retained);
    }
}
