using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Channels.WebChat;

/// <summary>Reads what a customer and the company said in the chat.</summary>
public sealed class ChatHistoryReader(IConversationQueries conversations, ICustomerQueries customers, IChangeLog changes)
{
    /// <summary>Conversations that are shown; of more, the oldest are left out.</summary>
    private const int ShownConversations = 20;

    /// <summary>The newest of each that are shown.</summary>
    private const int ShownMessages = 200;

    public async Task<ChatHistory> ReadAsync(string customerId, CancellationToken cancellationToken)
    {
        // The position first: what is said while we read comes twice rather than never, and the page knows ids.
        long position = await changes.LastAsync(cancellationToken);
        Customer? customer = await customers.FindAsync(customerId, cancellationToken);
        ConversationFilter filter = new(CustomerId: customerId);
        Page<Conversation> page = await conversations.ListAsync(filter, new PageRequest(null, ShownConversations), cancellationToken);
        List<ChatMessage> messages = [];
        foreach (Conversation conversation in page.Items.Where(IsSeen).OrderBy(one => one.OpenedAt))
            messages.AddRange(
                (await conversations.MessagesAsync(conversation.Id, new PageRequest(null, ShownMessages), cancellationToken))
                    .Items.Reverse()
                    .Where(message => !message.Internal)
                    .Select(ChatMessage.Of)
            );
        return new ChatHistory(customer?.Name, messages, position);
    }

    /// <summary>A talk that came by this page is seen whole; what was merged into it is read with it.</summary>
    private static bool IsSeen(Conversation conversation) =>
        conversation.MergedInto is null && (conversation.Channels.Contains(WebChatChannel.Name) || conversation.Channel == WebChatChannel.Name);
}
