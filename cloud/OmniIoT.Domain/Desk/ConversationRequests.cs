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
/// Changes what is not null. An empty <paramref name="Assignee"/> unassigns, an empty <paramref name="CaseId"/> parts the talk from its
/// case.
/// </summary>
/// <param name="CaseId">A case of the same person.</param>
public sealed record ChangeConversation(
    string ConversationId,
    ConversationStatus? Status,
    string? Assignee,
    int? ExpectedVersion,
    string? Queue = null,
    string? Subject = null,
    string? CaseId = null,
    IReadOnlyList<string>? Tags = null
);

public sealed record MessageStored(Conversation Conversation, ConversationMessage Message);
