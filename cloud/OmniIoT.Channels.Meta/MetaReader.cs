using System.Text.Json;
using OmniIoT.Channels.Inbound;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Meta;

/// <summary>What the webhooks of WhatsApp and Messenger share: how they are subscribed to and signed.</summary>
public abstract class MetaReader : IWebhookReader
{
    private const string SignatureHeader = "X-Hub-Signature-256";

    public abstract string Type { get; }

    public IReadOnlyList<string> Parts { get; } = [WebhookCall.Inbound];

    public int MaximumBytes => 1024 * 1024;

    public WebhookReading Read(Channel channel, WebhookCall call)
    {
        if (call.Method == "GET")
            return ReadSubscription(channel, call);
        return Proof.IsSha256Of(call.Header(SignatureHeader), channel.Require("appSecret"), call.Body.Span)
            ? JsonCall.Read(call.Body, json => ReadEvents(channel, json))
            : new WebhookReading.Refused();
    }

    private protected abstract WebhookReading ReadEvents(Channel channel, JsonElement events);

    private static WebhookReading ReadSubscription(Channel channel, WebhookCall call) =>
        call.Query["hub.mode"] == "subscribe" && Proof.IsSame(call.Query["hub.verify_token"].ToString(), channel.Require("verifyToken"))
            ? new WebhookReading.Taken { Answer = new WebhookAnswer("text/plain", call.Query["hub.challenge"].ToString()) }
            : new WebhookReading.Refused();
}
