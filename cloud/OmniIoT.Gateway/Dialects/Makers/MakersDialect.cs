using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Payloads;
using OmniIoT.Dialects.Makers;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects.Sparkplug;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Gateway.Dialects.Makers;

/// <summary>
/// The words of makers' devices and apps as they leave the factory, for all who sign in with their id and secret. Whether a device is
/// there follows from its connection, so that wills and words of being online have nothing to add.
/// </summary>
internal sealed class MakersDialect(ITwinQueries twins, ScopeRegistry scopes, LinkParts parts, DeviceDirectory? directory = null) : IDialect
{
    private const string CommandReference = "command:";

    private readonly ConcurrentDictionary<EntityId, MakerSpeaker> _speakers = [];
    private readonly ConcurrentDictionary<Connection, BridgeLink> _bridges = [];
    private readonly ReachedChildren _children = new();

    public byte MaximumQos => (byte)QualityOfService.ExactlyOnce;

    public bool IsForNativeSignIn(EntityKind kind) => kind is EntityKind.Device or EntityKind.Customer;

    /// <summary>Most makers' devices subscribe at QoS 0.</summary>
    public bool SaysOnce => true;

    // Our own topics first: they are what nearly all messages come on.
    public bool Speaks(PrincipalScope scope, ReadOnlySpan<byte> topic) =>
        !topic.StartsWith("devices/"u8) && scope.Principal is { } principal && SpeakerOf(principal).Speaks(topic);

    public void Publish(Connection connection, in IncomingMessage message, ushort packetIdentifier)
    {
        if (message.Payload.Length > Payload.MaxBytes)
        {
            connection.Acknowledge(
                message,
                packetIdentifier,
                connection.AddRefused(message, new Refusal(DeadLetterReason.TooLarge, $"more than {Payload.MaxBytes} bytes"))
            );
            return;
        }
        MakerSpeaker speaker = SpeakerOf(connection.Scope.Principal!.Value);
        Meaning meaning = speaker.Read(Encoding.UTF8.GetString(message.Topic), message.Topic, message.Payload);
        if (meaning.ConcernsChildren && directory is null)
            meaning = Meaning.NotUnderstood("devices behind another are not registered here");
        if (meaning.ConcernsChildren)
        {
            connection.Batch.MessageCount++;
            connection.HandleLater(
                new ChildrenRequest(BridgeOf(connection), parts, speaker, meaning, new Original(message, packetIdentifier))
            );
            return;
        }
        connection.Acknowledge(message, packetIdentifier, Take(connection, speaker, meaning, message));
        if (meaning.Question is { } question)
            connection.HandleLater(new TwinReply(twins, question));
    }

    public ValueTask PublishWillAsync(Session session, WillMessage will) => ValueTask.CompletedTask;

    public ValueTask SubscribedAsync(Connection connection, SessionSubscription subscription)
    {
        foreach (Said said in SpeakerOf(connection.Scope.Principal!.Value).Subscribed(subscription.Filter.Value))
            connection.AnswerInWords(said.Topic, said.Payload);
        return _bridges.TryGetValue(connection, out BridgeLink? bridge) ? bridge.CommandsHeardAsync() : ValueTask.CompletedTask;
    }

    public IEnumerable<Utterance> Say(Downlink downlink)
    {
        if (downlink.Target.Kind != EntityKind.Device)
            return [];
        (EntityId speaker, string? child) = _children.Find(downlink.Target) ?? (downlink.Target, null);
        if (scopes.Find(speaker) is not { } scope)
            return [];
        if (downlink.Reference.StartsWith(CommandReference, StringComparison.Ordinal))
            return Ask(downlink, speaker, child, scope);
        if (child is not null)
            return [];
        return downlink.Change is { } change ? Tell(downlink.Target, change, scope) : [];
    }

    public ValueTask EndedAsync(Connection connection)
    {
        EntityId principal = connection.Scope.Principal!.Value;
        if (connection.Scope.SessionCount <= 1 && !SpeakerOf(principal).IsRemembered)
            _speakers.TryRemove(principal, out _);
        return _bridges.TryRemove(connection, out BridgeLink? bridge) ? bridge.EndAsync() : ValueTask.CompletedTask;
    }

    private MakerSpeaker SpeakerOf(EntityId principal) =>
        _speakers.GetOrAdd(
            principal,
            static principal => new MakerSpeaker(
                principal.Kind is EntityKind.Customer ? MakerDevices.OfCustomer(principal.Key) : MakerDevices.Of(principal.Key)
            )
        );

    private BridgeLink BridgeOf(Connection connection) =>
        _bridges.GetOrAdd(
            connection,
            static (connection, own) => new BridgeLink(own.Directory!, own.Children, own.Parts, connection),
            (Directory: directory, Children: _children, Parts: parts)
        );

    // The index of the last of its messages, whose outcome is told.
    private int Take(Connection connection, MakerSpeaker speaker, Meaning meaning, in IncomingMessage message)
    {
        if (meaning.Mistake is { } mistake)
            return connection.AddRefused(message, new Refusal(DeadLetterReason.WrongShape, mistake));
        int index = -1;
        foreach (NativeMessage native in meaning.Messages)
            index = parts.Words.AddOwn(connection, native.Below, native.Payload, message);
        foreach (Answer answer in meaning.MayAnswer)
        {
            if (speaker.Settle(answer) is not { } settled)
                continue;
            index = parts.Words.AddOwn(connection, $"commands/{settled.Command.Id}/response", settled.Result.ToResponse(), message);
        }
        if (index < 0)
            connection.Batch.MessageCount++; // What its principal may publish in a second counts it.
        return index;
    }

    private IEnumerable<Utterance> Ask(Downlink downlink, EntityId speaker, string? child, PrincipalScope scope)
    {
        if (JsonNode.Parse(downlink.Payload) is not JsonObject request || downlink.ExpiresAt is not { } expiresAt)
            return [];
        OpenCommand command = new(
            downlink.Reference[CommandReference.Length..],
            (string)request["name"]!,
            request["arguments"] as JsonObject ?? [],
            expiresAt
        );
        Said? said = SpeakerOf(speaker).Ask(child, command, topic => IsHeard(scope, topic), parts.Time.Now());
        return said is null ? [] : [new Utterance(speaker, said.Topic, said.Payload, QualityOfService.AtLeastOnce)];
    }

    private IEnumerable<Utterance> Tell(EntityId device, byte[] change, PrincipalScope scope) =>
        SpeakerOf(device)
            .Tell(JsonNode.Parse(change)!.AsObject(), topic => IsHeard(scope, topic))
            .Select(said => new Utterance(device, said.Topic, said.Payload, QualityOfService.AtMostOnce));

    private static bool IsHeard(PrincipalScope scope, string topic) =>
        !scope.Subscriptions.Match(Encoding.UTF8.GetBytes(topic), publisher: null).IsEmpty;
}
