using OmniIoT.Domain.Decisions;

namespace OmniIoT.Domain.Desk;

/// <summary>Words of the customer; opens a conversation on the channel when none is open.</summary>
public sealed record ReceiveMessage(string Channel, string Author, string Text, string? DeviceId) : GrainRequest<MessageStored>;

/// <summary>Words of the company in a conversation of this customer.</summary>
public sealed record PostMessage(string ConversationId, string Author, string Text) : GrainRequest<MessageStored>;

public sealed record ChangeConversation(string ConversationId, ConversationStatus? Status, string? Assignee, int? ExpectedVersion)
    : GrainRequest<Conversation>;

public sealed record MessageStored(Conversation Conversation, ConversationMessage Message);
