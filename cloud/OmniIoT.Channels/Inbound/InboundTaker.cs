using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Inbound;

/// <summary>Takes what a call says: the files, then the messages, then what became of earlier ones. Durable when it returns.</summary>
public sealed class InboundTaker(IInbox inbox, IAttachmentStore attachments)
{
    public async ValueTask TakeAsync(Channel channel, WebhookReading.Taken taken, CancellationToken cancellationToken)
    {
        foreach (ReceivedMessage received in taken.Messages)
            await inbox.ReceiveAsync(await WithFilesAsync(received, cancellationToken), cancellationToken);
        foreach (DeliveryReport report in taken.Reports)
            await inbox.ReportAsync(channel.Id, report.ExternalId, report.State, report.Error, cancellationToken);
    }

    private async ValueTask<InboundMessage> WithFilesAsync(ReceivedMessage received, CancellationToken cancellationToken)
    {
        List<Attachment> stored = [];
        foreach (ReceivedFile file in received.Files)
            stored.Add(await attachments.StoreAsync(file.Name, file.Content, cancellationToken));
        return received.Message with { Attachments = stored };
    }
}
