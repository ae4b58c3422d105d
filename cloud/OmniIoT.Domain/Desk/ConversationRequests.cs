namespace OmniIoT.Domain.Desk;

/// <summary>Words of the customer; opens a conversation on the channel when none is open.</summary>
public sealed record ReceiveMessage(string Channel, string Author, string Text, string? DeviceId);

/// <summary>Words of the company in a conversation of this customer.</summary>
/// <param name="Internal">A note for the company only: the customer is told nothing.</param>
public sealed record PostMessage(string ConversationId, string Author, string Text, bool Internal = false)
{
    private const string BotPrefix = "bot:";

    /// <summary>Whether a person wrote it; a bot signs as <c>bot:{id}</c>, the platform as <c>system</c>.</summary>
    public bool IsByPerson => Author != "system" && !Author.StartsWith(BotPrefix, StringComparison.Ordinal);
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

    public string? Queue { get; init; }

    public string? Subject { get; init; }

    /// <summary>A case of the same person.</summary>
    public string? CaseId { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }
}

public sealed record MessageStored(Conversation Conversation, ConversationMessage Message);
