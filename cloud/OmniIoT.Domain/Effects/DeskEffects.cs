using OmniIoT.Domain.Desk;

namespace OmniIoT.Domain.Effects;

public sealed record PutConversation(Conversation Conversation) : Effect;

public sealed record AppendMessage(ConversationMessage Message, string CustomerId) : Effect;
