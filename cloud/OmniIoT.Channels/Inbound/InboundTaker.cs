using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Text;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Inbound;

/// <summary>
/// Takes what a call says: the files, also those that lie with the provider, then the messages, then what became of earlier ones and of
/// calls. Durable when it returns; where it throws, what was taken until then is passed over when it is told again.
/// </summary>
public sealed class InboundTaker(
    IInbox inbox,
    ICalls calls,
    IPurchases purchases,
    IAttachmentStore attachments,
    MediaFetcher media,
    TimeProvider time
)
{
    // A report may be faster than the record of what its message is called. What is unknown then was sent by somebody else.
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    public async ValueTask TakeAsync(Channel channel, WebhookReading.Taken taken, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeliveryReport> unknown = await TakeOnceAsync(channel, taken, cancellationToken);
        bool isTold = await TellAsync(taken.News, cancellationToken);
        foreach (TimeSpan pause in Pauses)
        {
            if (unknown.Count == 0 && isTold)
                return;
            await Task.Delay(pause, time, cancellationToken);
            unknown = await ReportAsync(channel, unknown, cancellationToken);
            isTold = isTold || await TellAsync(taken.News, cancellationToken);
        }
    }

    /// <summary>
    /// Takes it without waiting for what is not known yet: strangers fill a mailbox with reports of mails that nobody sent.
    /// </summary>
    /// <returns>Reports of messages that nobody knows.</returns>
    public async ValueTask<IReadOnlyList<DeliveryReport>> TakeOnceAsync(
        Channel channel,
        WebhookReading.Taken taken,
        CancellationToken cancellationToken
    )
    {
        using CancellationTokenSource late = media.Begin();
        foreach (ReceivedMessage received in taken.Messages)
        {
            // What is told again has its files here already.
            if (await inbox.IsKnownAsync(channel.Id, received.Message.ExternalId, cancellationToken))
                continue;
            await inbox.ReceiveAsync(await WithFilesAsync(channel, received, late.Token, cancellationToken), cancellationToken);
        }
        return await ReportAsync(channel, taken.Reports, cancellationToken);
    }

    /// <returns>What is wrong with it; null: it is durable.</returns>
    public ValueTask<FieldMistake?> TakeAsync(ToldPurchase purchase, CancellationToken cancellationToken) =>
        purchases.TakeAsync(purchase, cancellationToken);

    private async ValueTask<bool> TellAsync(CallNews? news, CancellationToken cancellationToken) =>
        news is null || await calls.TellAsync(news, cancellationToken);

    /// <returns>Those of messages that nobody knows.</returns>
    private async ValueTask<IReadOnlyList<DeliveryReport>> ReportAsync(
        Channel channel,
        IReadOnlyList<DeliveryReport> reports,
        CancellationToken cancellationToken
    )
    {
        List<DeliveryReport> unknown = [];
        foreach (DeliveryReport report in reports)
        {
            if (!await inbox.ReportAsync(channel.Id, report.ExternalId, report.State, report.Error, cancellationToken))
                unknown.Add(report);
        }
        return unknown;
    }

    private async ValueTask<InboundMessage> WithFilesAsync(
        Channel channel,
        ReceivedMessage received,
        CancellationToken late,
        CancellationToken cancellationToken
    )
    {
        List<Attachment> stored = [];
        List<string> missing = [];
        foreach (ReceivedFile file in received.Files)
            stored.Add(await attachments.StoreAsync(file.Name, file.Content, cancellationToken));
        await media.FetchAsync(channel, received.Links, TakeAsync, late, cancellationToken);
        return received.Message with
        {
            Attachments = stored,
            Text = missing.Count == 0 ? received.Message.Text : string.Join('\n', [received.Message.Text, .. missing]).Trim(),
        };

        async ValueTask TakeAsync(ReceivedLink link, FetchedFile file)
        {
            if (file.Content is { } content)
                stored.Add(await attachments.StoreAsync(MediaTypes.NameOf(link.Name, content), content, cancellationToken));
            else
                missing.Add($"[{link.Name}: {file.Why}]");
        }
    }
}
