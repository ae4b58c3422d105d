using OmniIoT.Devices.Time;
using OmniIoT.Domain.Answers.Bots;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Desk.Routing;

namespace OmniIoT.Domain.Desk;

/// <summary>
/// Words of the customer; they join what is open, open again what was closed lately, else begin a conversation.
/// </summary>
/// <param name="Channel">The channel's id.</param>
public sealed record ReceiveMessage(string Channel, string Author, string Text, string? DeviceId)
{
    /// <summary>The address that they wrote from; null where the channel has none.</summary>
    public Identity? From { get; init; }

    public string? Html { get; init; }

    public string? Subject { get; init; }

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    public string? ExternalId { get; init; }

    /// <summary>The unresolved case of a device of theirs: what they write is about it, unless the talk is about another.</summary>
    public string? CaseId { get; init; }

    /// <summary>How the customer's devices are, for the bot; none where no bot answers.</summary>
    public IReadOnlyList<DeviceReport> Devices { get; init; } = [];

    /// <summary>What is known of that case; null: it is about none.</summary>
    public KnownTrouble? Known { get; init; }

    /// <summary>By the provider's clock; null: at its arrival.</summary>
    public Instant? At { get; init; }

    /// <summary>Written by a machine: it opens nothing again, and nobody waits for an answer.</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>It is for this customer only if it answers a survey of theirs; else another who is the same person is to hear it.</summary>
    public bool IsAnswerOnly { get; init; }
}

/// <summary>Words of the company in a conversation of this customer.</summary>
/// <param name="Internal">A note for the company only: the customer is told nothing.</param>
public sealed record PostMessage(string ConversationId, string Author, string Text, bool Internal = false)
{
    /// <summary>Who signs what is written of a call.</summary>
    public const string OfCall = "flow";

    private const string BotPrefix = "bot:";

    /// <summary>By which they leave; null: the customer's last one if it may, else the best that may.</summary>
    public string? Channel { get; init; }

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    public MessageTemplate? Template { get; init; }

    /// <summary>The message that it answers; null: none in particular.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>What leaves instead of the text, and is kept nowhere; null: the text itself.</summary>
    public string? Leaves { get; init; }

    /// <summary>
    /// Whether a person wrote it; a bot signs as <c>bot:{id}</c>, a trigger as <c>trigger:{id}</c>, the platform as <c>system</c>, a
    /// voice menu as <c>flow</c>.
    /// </summary>
    public bool IsByPerson => IsPerson(Author);

    /// <inheritdoc cref="IsByPerson"/>
    internal static bool IsPerson(string author) =>
        author is not ("system" or OfCall) && !author.StartsWith(BotPrefix, StringComparison.Ordinal) && !Trigger.IsActor(author);
}

/// <summary>The company begins to talk: words in what is open, else in a new conversation.</summary>
/// <param name="Assignee">Whose it becomes when it is new.</param>
public sealed record StartConversation(string Channel, string Author, string Text, string? Assignee)
{
    public MessageTemplate? Template { get; init; }

    /// <summary>In which it may be said; null: in any.</summary>
    public IReadOnlyList<string>? Queues { get; init; }
}

/// <summary>
/// Changes what is not null. An empty <see cref="Assignee"/> unassigns, an empty <see cref="CaseId"/> parts the talk from its
/// case.
/// </summary>
public sealed record ChangeConversation
{
    public required string ConversationId { get; init; }

    public required ConversationStatus? Status { get; init; }

    public required string? Assignee { get; init; }

    public required int? ExpectedVersion { get; init; }

    /// <summary>Who changes it, for the timeline.</summary>
    public string Actor { get; init; } = "system";

    public string? Queue { get; init; }

    public string? Subject { get; init; }

    /// <summary>A case of the same person.</summary>
    public string? CaseId { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Puts it out of sight until then.</summary>
    public Instant? SnoozedUntil { get; init; }
}

/// <summary>Hands a conversation on: to a queue, where it is nobody's, or to a person.</summary>
/// <param name="Queue">Null: it stays in its own.</param>
/// <param name="Assignee">Null with a queue: nobody.</param>
/// <param name="Note">For the company only; null: none.</param>
public sealed record TransferConversation(
    string ConversationId,
    string Actor,
    string? Queue,
    string? Assignee,
    string? Note,
    int? ExpectedVersion
);

/// <summary>An open conversation takes another of the same person in.</summary>
/// <param name="From">As stored.</param>
public sealed record AbsorbConversation(string ConversationId, Conversation From);

/// <summary>A conversation ends, and is read with another of the same person.</summary>
public sealed record JoinConversation(string ConversationId, string Into, string Actor);

/// <summary>A time that its customer was promised may be over.</summary>
public sealed record CheckConversation(string ConversationId);

/// <summary>The router found an agent or another queue, or takes it back.</summary>
public sealed record RouteConversation(string ConversationId, RoutingMove Move, int ExpectedVersion);

public sealed record MessageStored(Conversation Conversation, ConversationMessage Message);
