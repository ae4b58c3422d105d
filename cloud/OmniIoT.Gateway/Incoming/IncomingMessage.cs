using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Mqtt.Properties;

namespace OmniIoT.Gateway.Incoming;

/// <summary>A message as it came, where it lies.</summary>
internal readonly ref struct IncomingMessage
{
    public required ReadOnlySpan<byte> Topic { get; init; }

    public required ReadOnlySpan<byte> Payload { get; init; }

    public required byte Qos { get; init; }

    public required bool Retain { get; init; }

    /// <summary>Made only when somebody gets the message.</summary>
    public required PropertySection Properties { get; init; }

    /// <summary>Given instead of <see cref="Properties"/> for what does not come from a PUBLISH.</summary>
    public MessageExtras? Extras { get; init; }

    /// <summary>Only sessions that speak this get it; null: all that subscribed.</summary>
    public IDialect? Audience { get; init; }

    public MessageExtras ExtrasAt(Instant receivedAt) => Extras ?? MessageExtras.From(Properties, receivedAt);
}
