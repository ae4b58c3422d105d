using OmniIoT.Channels.Email.Reading;
using OmniIoT.Channels.Inbound;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Email;

/// <summary>Reads mail that a mail server or a provider hands over by call, whole (<c>message/rfc822</c>), with <c>?token=</c>.</summary>
public sealed class EmailReader : IWebhookReader
{
    public string Type => ChannelKinds.Email;

    public IReadOnlyList<string> Parts { get; } = [WebhookCall.Inbound];

    public int MaximumBytes => MailReader.MaximumBytes;

    public bool MayBeRead(Channel channel, WebhookCall head) =>
        channel.Text("token") is { } token && Proof.IsSame(head.Query["token"].ToString(), token);

    public WebhookReading Read(Channel channel, WebhookCall call) =>
        MayBeRead(channel, call) ? MailReader.Read(channel, call.Body) : new WebhookReading.Refused();
}
