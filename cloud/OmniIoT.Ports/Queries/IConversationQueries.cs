using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk;

namespace OmniIoT.Ports.Queries;

/// <param name="Assignee">Empty: nobody's.</param>
/// <param name="Text">Each word of it is in what names the customer: the id, the name, an identity.</param>
public sealed record ConversationFilter(
    ConversationStatus? Status = null,
    string? Queue = null,
    string? CustomerId = null,
    string? Text = null,
    string? Channel = null,
    string? Assignee = null
)
{
    /// <summary>Where nothing was said by the customer or to them since; null does not restrict.</summary>
    public Instant? QuietSince { get; init; }

    /// <summary>Whether queue, channel and assignee are compared without case, as far as they are of ASCII.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>Only what lies within; null does not restrict.</summary>
    public Bounds? Within { get; init; }
}

/// <summary>How a list of conversations is ordered.</summary>
public enum ConversationOrder
{
    /// <summary>By the last message, the newest first.</summary>
    Newest,

    /// <summary>Those with a promise that was not kept, then by when the next is due.</summary>
    Breached,
}

public sealed record ConversationCount(string Queue, ConversationStatus Status, long Count);

public interface IConversationQueries
{
    ValueTask<Conversation?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Page by page; a cursor belongs to the order that gave it.</summary>
    ValueTask<Page<Conversation>> ListAsync(
        ConversationFilter filter,
        PageRequest page,
        CancellationToken cancellationToken,
        ConversationOrder order = ConversationOrder.Newest
    );

    /// <summary>How many there are of each queue and status, of those that the filter leaves; what has none is missing.</summary>
    ValueTask<IReadOnlyList<ConversationCount>> CountAsync(ConversationFilter filter, CancellationToken cancellationToken);

    /// <summary>
    /// Newest first, with those of the conversations that were merged into this one; each names this one as its conversation.
    /// </summary>
    ValueTask<Page<ConversationMessage>> MessagesAsync(string conversationId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>All words of and to a person, oldest first, each with the conversation that it was said in.</summary>
    ValueTask<Page<ConversationMessage>> MessagesOfAsync(string customerId, PageRequest page, CancellationToken cancellationToken);

    ValueTask<MessageOfCustomer?> FindMessageAsync(string id, CancellationToken cancellationToken);

    /// <summary>By the provider's name for it.</summary>
    ValueTask<MessageOfCustomer?> FindMessageAsync(string channel, string externalId, CancellationToken cancellationToken);
}

/// <summary>A message as stored.</summary>
/// <param name="CustomerId">Whose grain wrote it.</param>
public sealed record MessageOfCustomer(string CustomerId, ConversationMessage Message);
