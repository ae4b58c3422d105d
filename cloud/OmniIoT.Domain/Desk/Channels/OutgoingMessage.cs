using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;

namespace OmniIoT.Domain.Desk.Channels;

/// <summary>Words of the company on their way out: a row of the outbox until the provider has them or refused them.</summary>
public sealed record OutgoingMessage
{
    public required string MessageId { get; init; }

    public required string ConversationId { get; init; }

    public required string CustomerId { get; init; }

    /// <summary>The channel's id.</summary>
    public required string Channel { get; init; }

    public required Identity To { get; init; }

    public required string Text { get; init; }

    public string? Html { get; init; }

    public string? Subject { get; init; }

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>What may be sent where free words may not; null: free words.</summary>
    public MessageTemplate? Template { get; init; }

    /// <summary>Those of the person, for <see cref="ChannelKinds.Push"/>.</summary>
    public IReadOnlyList<PushSubscription> Browsers { get; init; } = [];

    /// <summary>External ids of the talk's messages that it answers, the newest first.</summary>
    public IReadOnlyList<string> InReplyTo { get; init; } = [];

    public required Instant CreatedAt { get; init; }

    /// <summary>
    /// It tells of a message that stands in the chat: what becomes of it is nobody's news, and who has the chat before them needs none.
    /// </summary>
    public bool IsNotice { get; init; }

    /// <summary>Whether no person wrote it: a mail says so, and other machines do not answer it.</summary>
    public bool IsAutomatic { get; init; }
}

/// <summary>Words that the provider has approved beforehand.</summary>
/// <param name="Language">As the provider writes it, such as <c>en_US</c>.</param>
public sealed record MessageTemplate(string Name, string Language, IReadOnlyList<string> Parameters);

/// <summary>What became of a message that was sent.</summary>
/// <param name="ExternalId">The provider's name for it; null: as known.</param>
/// <param name="Error">Why it failed, or <c>maybeSentTwice</c>; null: nothing is wrong.</param>
public sealed record MessageReport(
    string ConversationId,
    string MessageId,
    MessageState State,
    string? ExternalId = null,
    string? Error = null
);
