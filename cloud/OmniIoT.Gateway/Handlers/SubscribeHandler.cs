using System.Collections.Immutable;
using System.Text;
using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Options;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;
using OmniIoT.Ports;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Handlers;

/// <summary>Subscribes: rights, storage, SUBACK, retained messages, word to the grain; in that order.</summary>
internal sealed class SubscribeHandler(
    MqttGatewayOptions options,
    GatewayCounters counters,
    SessionCommits commits,
    BatchPool batches,
    BatchSubmitter submitter,
    GrainNotices notices,
    TimeProvider time
)
{
    /// <summary>Conformance suites expect exactly this filter to be refused by a broker in laboratory mode.</summary>
    private const string RefusedInLaboratory = "test/nosubscribe";

    public async ValueTask HandleAsync(Connection connection, SubscribePacket packet)
    {
        uint identifier = packet.Properties.SubscriptionIdentifiers is [int first, ..] ? (uint)first : 0;
        ImmutableArray<ReasonCode> reasons = [.. packet.Subscriptions.Select(wanted => Judge(connection, wanted))];
        List<SessionSubscription> granted = [];
        for (int i = 0; i < reasons.Length; i++)
        {
            if (reasons[i].IsFailure())
                continue;
            Subscription wanted = packet.Subscriptions[i] with { MaximumQos = (QualityOfService)reasons[i] };
            granted.Add(new SessionSubscription(connection.Session, wanted, identifier));
        }
        await StoreAsync(connection, granted);
        List<(SessionSubscription, List<RetainedMessage>)> retained = Subscribe(connection, granted);
        connection.Answer( // MQTT5 [MQTT-3.8.4-1] [MQTT-3.8.4-6] [MQTT-3.9.2-1], MQTT311 [MQTT-3.8.4-1] [MQTT-3.8.4-5]
            (output, reason) =>
                new SubAckPacket(packet.PacketIdentifier, reasons) { Properties = new PacketProperties { ReasonString = reason } }.Encode(
                    connection.Version,
                    output
                ),
            Explain(connection, packet, reasons)
        );
        foreach ((SessionSubscription subscription, List<RetainedMessage> messages) in retained)
            await SendRetainedAsync(connection, subscription, messages);
        foreach (SessionSubscription subscription in granted)
            if (DialectOf(connection, subscription.Filter) is { } dialect)
                await dialect.SubscribedAsync(connection, subscription);
        await NotifyAsync(connection, granted);
    }

    private ReasonCode Judge(Connection connection, Subscription wanted)
    {
        if (connection.Scope.IsLaboratory && wanted.Filter.Value == RefusedInLaboratory)
            return ReasonCode.UnspecifiedError;
        if (options.IsTooDeep(wanted.Filter.MatchedUtf8))
            return ReasonCode.TopicFilterInvalid;
        IDialect? dialect = DialectOf(connection, wanted.Filter);
        if (!connection.Scope.Allows(wanted.Filter.MatchedUtf8, dialect))
        {
            counters.Refused();
            return ReasonCode.NotAuthorized;
        }
        bool isOneTooMany = connection.Session.SubscriptionCount >= options.MaximumSubscriptions;
        if (isOneTooMany && !connection.Session.IsSubscribed(wanted.Filter.Value))
            return ReasonCode.QuotaExceeded;
        // MQTT5 [MQTT-3.8.4-7]
        return (ReasonCode)Math.Min((byte)wanted.MaximumQos, dialect?.MaximumQos ?? (byte)QualityOfService.ExactlyOnce);
    }

    private static IDialect? DialectOf(Connection connection, TopicFilter filter) =>
        connection.Session.Dialects.Of(connection.Scope, filter.MatchedUtf8);

    // The first refusal; the others have their codes.
    private string? Explain(Connection connection, SubscribePacket packet, ImmutableArray<ReasonCode> reasons)
    {
        for (int i = 0; i < reasons.Length; i++)
        {
            if (reasons[i] == ReasonCode.NotAuthorized)
                return $"'{packet.Subscriptions[i].Filter}' reaches beyond '{connection.Scope.Root}'.";
            if (reasons[i] == ReasonCode.TopicFilterInvalid)
                return $"A filter has at most {options.MaximumTopicLevels} levels.";
            if (reasons[i] == ReasonCode.QuotaExceeded)
                return $"A session has at most {options.MaximumSubscriptions} subscriptions.";
        }
        return null;
    }

    private ValueTask StoreAsync(Connection connection, List<SessionSubscription> granted)
    {
        if (!connection.Session.IsPersistent || granted.Count == 0)
            return ValueTask.CompletedTask;
        List<Effect> effects = [.. granted.Select(subscription => new PutSubscription(connection.Session.Key, subscription.ToStored()))];
        return commits.CommitAsync(effects, connection.Closing.Token);
    }

    // With the retained messages that are to be sent: MQTT5 [MQTT-3.3.1-9] [MQTT-3.3.1-10] [MQTT-3.3.1-11], never for shared ones. They
    // are taken before SUBACK is sent: what is retained afterwards comes once, because the subscription stands.
    private List<(SessionSubscription, List<RetainedMessage>)> Subscribe(Connection connection, List<SessionSubscription> granted)
    {
        Session session = connection.Session;
        List<(SessionSubscription, List<RetainedMessage>)> retained = [];
        foreach (SessionSubscription subscription in granted)
        {
            bool isNew = !session.IsSubscribed(subscription.Filter.Value);
            session.Subscribe(subscription);
            RetainHandling handling = subscription.Wanted.RetainHandling;
            bool wanted = handling == RetainHandling.SendAtSubscribe || (handling == RetainHandling.SendAtSubscribeIfNew && isNew);
            if (wanted && !subscription.Filter.IsShared)
                retained.Add((subscription, connection.Scope.Retained.Match(subscription.Filter, time.Now())));
        }
        return retained;
    }

    private ValueTask SendRetainedAsync(Connection connection, SessionSubscription subscription, List<RetainedMessage> retained)
    {
        if (retained.Count == 0)
            return ValueTask.CompletedTask;
        PublishBatch batch = batches.Open(connection.Scope, null);
        foreach (RetainedMessage message in retained)
            Add(batch, subscription, message);
        return submitter.CommitAsync(batch, connection.Closing.Token);
    }

    private static void Add(PublishBatch batch, SessionSubscription subscription, RetainedMessage message)
    {
        Session session = subscription.Session;
        // MQTT5 [MQTT-3.3.1-8], MQTT311 [MQTT-3.3.1-8]
        DeliveryTerms terms = new(Math.Min(message.Qos, (byte)subscription.Wanted.MaximumQos), Retain: true, subscription.Identifiers);
        MessageExtras extras = new(message.Properties, message.ExpiresAt, null);
        byte[] topic = Encoding.UTF8.GetBytes(message.Topic);
        OutboundEntry? entry = null;
        if (terms.Qos > 0 && session.IsPersistent)
        {
            entry = session.Reserve(new OutboundMessage(message.Topic, topic, message.Payload, extras), terms, batch.Effects);
            if (entry is null)
                return;
        }
        int index = batch.Inbound.Count;
        if (entry is null)
            batch.Inbound.Add(topic, message.Payload, message.Qos, 0);
        batch.AddDelivery(new Delivery(session, index, entry, extras, terms));
    }

    private ValueTask NotifyAsync(Connection connection, List<SessionSubscription> granted)
    {
        bool isHeard = granted.Exists(subscription => connection.Scope.CanReceiveDownlinks(subscription.Filter));
        return isHeard ? notices.DownlinksWantedAsync(connection.Session, connection.Closing.Token) : ValueTask.CompletedTask;
    }
}
