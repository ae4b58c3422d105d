using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Domain.Effects;

public sealed record PutConversation(Conversation Conversation) : Effect;

public sealed record AppendMessage(ConversationMessage Message, string CustomerId) : Effect;

/// <summary>Changes a message that is there: its state, its error, the provider's name for it.</summary>
public sealed record PutMessage(ConversationMessage Message, string CustomerId) : Effect;

/// <summary>Puts words of the company among those that wait to leave.</summary>
public sealed record SendMessage(OutgoingMessage Message) : Effect;

/// <summary>
/// A message is about to be handed to its provider: if nothing more is heard of it, it may have gone. Its unit is void when somebody else
/// began, or it waits no more.
/// </summary>
/// <param name="Tries">How often it was begun before.</param>
public sealed record BeginSending(string MessageId, int Tries) : Effect;

/// <summary>The provider did not take it: it was not sent, and is tried again then.</summary>
public sealed record SendLater(string MessageId, Instant NextAt) : Effect;

/// <summary>It waits no more: the provider has it, or it was given up.</summary>
public sealed record EndSending(string MessageId) : Effect;
