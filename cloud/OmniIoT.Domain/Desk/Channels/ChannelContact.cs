using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;

namespace OmniIoT.Domain.Desk.Channels;

/// <summary>That a customer wrote on a channel: what is known of it for answers.</summary>
/// <param name="From">The address that they wrote from last; null where the channel has none.</param>
/// <param name="At">When they wrote last, by the provider's clock: windows run from it.</param>
/// <param name="HasOptedOut">Whether they asked to be left alone, and wrote nothing since.</param>
public sealed record ChannelContact(string Channel, Identity? From, Instant At, bool HasOptedOut)
{
    /// <summary>References of a mail that goes on for years must not grow with it.</summary>
    private const int Kept = 10;

    /// <summary>The last messages that the provider has a name for, the newest first: what an answer refers to.</summary>
    public IReadOnlyList<NamedMessage> Named { get; init; } = [];

    internal ChannelContact With(string messageId, string? externalId) =>
        externalId is null || Named.Any(named => named.ExternalId == externalId)
            ? this
            : this with
            {
                Named = [new NamedMessage(messageId, externalId), .. Named.Take(Kept - 1)],
            };

    /// <summary>What an answer refers to: the message that it answers first.</summary>
    internal IReadOnlyList<string> References(string? replyTo) =>
        [.. Named.OrderBy(named => named.MessageId != replyTo).Select(static named => named.ExternalId)];
}

/// <summary>A message and the provider's name for it.</summary>
public sealed record NamedMessage(string MessageId, string ExternalId);
