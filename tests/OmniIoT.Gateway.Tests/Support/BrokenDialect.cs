using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Tests.Support;

/// <summary>Does everything wrong that a dialect can, on topics below <c>broken/</c>.</summary>
internal sealed class BrokenDialect : IDialect
{
    /// <summary>Whether it finds words for a downlink, though nobody who hears them can take them.</summary>
    public bool FindsWords { get; init; }

    public bool SaysOnce => throw new InvalidOperationException("says once");

    public byte MaximumQos => 1;

    public bool IsForNativeSignIn(EntityKind kind) => kind is EntityKind.Device;

    public bool Speaks(PrincipalScope scope, ReadOnlySpan<byte> topic) => topic.StartsWith("broken/"u8);

    public void Publish(Connection connection, in IncomingMessage message, ushort packetIdentifier) =>
        throw new InvalidOperationException("publish");

    public ValueTask PublishWillAsync(Session session, WillMessage will) => throw new OperationCanceledException("will");

    public ValueTask SubscribedAsync(Connection connection, SessionSubscription subscription) => ValueTask.CompletedTask;

    public IEnumerable<Utterance> Say(Downlink downlink)
    {
        yield return new Utterance(downlink.Target, "broken/said", downlink.Payload, QualityOfService.AtMostOnce);
        if (!FindsWords)
            throw new InvalidOperationException("say");
    }

    public ValueTask EndedAsync(Connection connection) => throw new OperationCanceledException("ended");

    public void Beat(Instant now) => throw new InvalidOperationException("beat");
}
