using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Ports.Channels;

/// <summary>Takes what channels bring, durably: when it returns, the provider may be told so.</summary>
public interface IInbox
{
    /// <summary>
    /// Stores the message with the customer whom the identity names (a new one when nobody has it), in their open conversation. The same
    /// external id on the same channel again changes nothing.
    /// </summary>
    ValueTask<InboundReceipt> ReceiveAsync(InboundMessage message, CancellationToken cancellationToken);

    /// <summary>Whether a message is here already, by the provider's name for it.</summary>
    ValueTask<bool> IsKnownAsync(string channel, string externalId, CancellationToken cancellationToken);

    /// <summary>Takes words of a customer who is known; they join what the person's other channels brought.</summary>
    ValueTask<Reply<MessageStored>> ReceiveAsync(string customerId, ReceiveMessage words, CancellationToken cancellationToken);

    /// <summary>What became of a message, by the provider's name for it; false when nobody knows it.</summary>
    ValueTask<bool> ReportAsync(string channel, string externalId, MessageState state, string? error, CancellationToken cancellationToken);

    /// <summary>What became of a message, by its own name.</summary>
    ValueTask ReportAsync(string customerId, MessageReport report, CancellationToken cancellationToken);
}

/// <summary>Where a message was put.</summary>
/// <param name="IsNew">False when it was known already.</param>
public sealed record InboundReceipt(string CustomerId, string ConversationId, string MessageId, bool IsNew);
