namespace OmniIoT.Domain.Desk;

/// <summary>Words of the customer; opens a conversation on the channel when none is open.</summary>
public sealed record ReceiveMessage(string Channel, string Author, string Text, string? DeviceId);

/// <summary>Words of the company in a conversation of this customer.</summary>
public sealed record PostMessage(string ConversationId, string Author, string Text);

public sealed record ChangeConversation(
    string ConversationId,
    ConversationStatus? Status,
    string? Assignee,
    int? ExpectedVersion
);

public sealed record MessageStored(Conversation Conversation, ConversationMessage Message);
