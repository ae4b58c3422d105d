using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Text;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Tests.Adapters;

/// <summary>Keeps what channels brought.</summary>
internal sealed class RecordingInbox : IInbox
{
    public List<InboundMessage> Received { get; } = [];

    public ValueTask<InboundReceipt> ReceiveAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        Received.Add(message);
        return new(new InboundReceipt("customer", "talk", message.ExternalId, IsNew: true));
    }

    public ValueTask<bool> IsKnownAsync(string channel, string externalId, CancellationToken cancellationToken) =>
        new(Received.Exists(one => one.Channel == channel && one.ExternalId == externalId));

    public ValueTask<Reply<MessageStored>> ReceiveAsync(string customerId, ReceiveMessage words, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<bool> ReportAsync(
        string channel,
        string externalId,
        MessageState state,
        string? error,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public ValueTask ReportAsync(string customerId, MessageReport report, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}

/// <summary>Nobody calls.</summary>
internal sealed class NoCalls : ICalls
{
    public ValueTask<CallAnswer> AnswerAsync(TakeCall call, string address, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask ContinueInChatAsync(string customerId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<bool> TellAsync(CallNews news, CancellationToken cancellationToken) => throw new NotSupportedException();
}

/// <summary>Nobody buys.</summary>
internal sealed class NoPurchases : IPurchases
{
    public ValueTask<FieldMistake?> TakeAsync(ToldPurchase told, CancellationToken cancellationToken) => throw new NotSupportedException();
}
