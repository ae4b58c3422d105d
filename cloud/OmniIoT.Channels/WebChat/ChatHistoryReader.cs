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

    public async Task<ChatHistory> ReadAsync(string customerId, CancellationToken cancellationToken)
    {
        // The position first: what is said while we read comes twice rather than never, and the page knows ids.
        long position = await changes.LastAsync(cancellationToken);
        Customer? customer = await customers.FindAsync(customerId, cancellationToken);
        ConversationFilter filter = new(CustomerId: customerId);
        Page<Conversation> page = await conversations.ListAsync(filter, new PageRequest(null, ShownConversations), cancellationToken);
        List<ChatMessage> messages = [];
        foreach (Conversation conversation in page.Items.Where(one => one.Channel == WebChatChannel.Name).OrderBy(one => one.OpenedAt))
            messages.AddRange(
                (await conversations.MessagesAsync(conversation.Id, cancellationToken))
                    .Where(message => !message.Internal)
                    .Select(ChatMessage.Of)
            );
        return new ChatHistory(customer?.Name, messages, position);
    }
}
