using OmniIoT.Domain.Desk;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>Changes of conversations in few words.</summary>
internal static class ConversationChanges
{
    public static ChangeConversation To(
        this string conversationId,
        ConversationStatus? status = null,
        string? assignee = null,
        int? version = null
    ) =>
        new()
        {
            ConversationId = conversationId,
            Status = status,
            Assignee = assignee,
            ExpectedVersion = version,
        };
}
