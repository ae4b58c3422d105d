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

    public IReadOnlyList<string> Parts { get; } = [WebhookCall.Inbound, WebhookCall.Purchases];

    public int MaximumBytes => 256 * 1024;

    public WebhookReading Read(Channel channel, WebhookCall call)
    {
        if (!Proof.IsSha256Of(call.Header(SignatureHeader), channel.Require("secret"), call.Body.Span))
            return new WebhookReading.Refused();
        return call.Part == WebhookCall.Purchases
            ? JsonCall.Read(call.Body, json => Of(PurchaseForm.Read(channel, json), static told => new WebhookReading.Bought(told)))
            : JsonCall.Read(call.Body, json => Of(WebhookForm.Read(channel, json), TakenOf));
    }

    private static WebhookReading.Taken TakenOf(InboundMessage message) => new() { Messages = [new ReceivedMessage(message)] };

    private static WebhookReading Of<T>(DocumentReading<T> reading, Func<T, WebhookReading> accepted)
        where T : class =>
        reading.Accepted ? accepted(reading.Value) : new WebhookReading.Malformed(reading.Mistakes[0].Pointer, reading.Mistakes[0].Message);
}
