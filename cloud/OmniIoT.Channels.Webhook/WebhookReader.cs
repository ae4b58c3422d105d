using OmniIoT.Channels.Inbound;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Text;

namespace OmniIoT.Channels.Webhook;

/// <summary>Reads what any system sends by a signed call.</summary>
public sealed class WebhookReader : IWebhookReader
{
    /// <summary>Of the body by the channel's secret, both ways.</summary>
    public const string SignatureHeader = "X-OmniIoT-Signature";

    public string Type => ChannelKinds.Webhook;

    public IReadOnlyList<string> Parts { get; } = [WebhookCall.Inbound];

    public int MaximumBytes => 256 * 1024;

    public WebhookReading Read(Channel channel, WebhookCall call)
    {
        if (!Proof.IsSha256Of(call.Header(SignatureHeader), channel.Require("secret"), call.Body.Span))
            return new WebhookReading.Refused();
        return JsonCall.Read(
            call.Body,
            json =>
            {
                DocumentReading<InboundMessage> reading = WebhookForm.Read(channel, json);
                return reading.Accepted
                    ? new WebhookReading.Taken { Messages = [new ReceivedMessage(reading.Value)] }
                    : new WebhookReading.Malformed(reading.Mistakes[0].Pointer, reading.Mistakes[0].Message);
            }
        );
    }
}
