using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;

namespace OmniIoT.Domain.Desk.Channels;

/// <summary>Words of a person that came by a channel, their proof checked.</summary>
public sealed record InboundMessage
{
    /// <summary>The channel's id.</summary>
    public required string Channel { get; init; }

    /// <summary>Who wrote: the identity that the channel vouches for, in canonical form (E.164, address in lower case).</summary>
    public required Identity From { get; init; }

    /// <summary>What the sender calls themselves; null when the channel does not say.</summary>
    public string? Name { get; init; }

    public required string Text { get; init; }

    /// <summary>The same words with their form, made safe; null when they came plain.</summary>
    public string? Html { get; init; }

    /// <summary>The subject of a mail; null where the channel has none.</summary>
    public string? Subject { get; init; }

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>The provider's name for it: the same one again changes nothing.</summary>
    public required string ExternalId { get; init; }

    /// <summary>When it was written by the provider's clock; null: at its arrival.</summary>
    public Instant? At { get; init; }

    /// <summary>External ids of the messages that it answers, the nearest first.</summary>
    public IReadOnlyList<string> InReplyTo { get; init; } = [];

    /// <summary>Whether a machine wrote it (an absence note, a list): it is kept, and nothing answers it by itself.</summary>
    public bool IsAutomatic { get; init; }
}
