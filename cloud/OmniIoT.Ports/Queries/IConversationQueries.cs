using OmniIoT.Domain.Desk;

namespace OmniIoT.Ports.Queries;

/// <param name="Text">Each word of it is in what names the customer: the id, the name, an identity.</param>
public sealed record ConversationFilter(
    ConversationStatus? Status = null,
    string? Queue = null,
    string? CustomerId = null,
    string? Text = null,
    string? Channel = null,
    string? Assignee = null
);

public interface IConversationQueries
{
    ValueTask<Conversation?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The last message's time decides: newest first.</summary>
    ValueTask<Page<Conversation>> ListAsync(ConversationFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Oldest first.</summary>
    ValueTask<IReadOnlyList<ConversationMessage>> MessagesAsync(string conversationId, CancellationToken cancellationToken);
}
