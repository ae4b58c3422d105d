using OmniIoT.Channels.Inbound;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Customers;

namespace OmniIoT.Channels.Twilio;

/// <summary>Reads text messages and what becomes of those that were sent, in Twilio's form.</summary>
public sealed class SmsReader : IWebhookReader
{
    // Nothing is answered here: answers are people's, and leave by the outbox.
    private static readonly WebhookAnswer NoAnswer = new("text/xml", """<?xml version="1.0" encoding="UTF-8"?><Response/>""");

    public string Type => ChannelKinds.Sms;

    public IReadOnlyList<string> Parts { get; } = [WebhookCall.Inbound, WebhookCall.Status];

    public int MaximumBytes => 64 * 1024;

    public WebhookReading Read(Channel channel, WebhookCall call)
    {
        if (TwilioForm.Read(call.Body) is not { } form || !TwilioSignature.IsRight(call, form, channel.Require("authToken")))
            return new WebhookReading.Refused();
        return call.Part == WebhookCall.Status ? ReadStatus(form) : ReadMessage(channel, form);
    }

    private static WebhookReading ReadMessage(Channel channel, TwilioForm form)
    {
        if (form["MessageSid"] is not { } id)
            return Missing("MessageSid");
        if (form["From"] is not { } from)
            return Missing("From");
        ReceivedLink[] pictures = [.. MediaOf(form)];
        InboundMessage message = new()
        {
            Channel = channel.Id,
            From = new Identity("phone", IdentityForm.Of("phone", from, channel.Region)),
            Text = form["Body"] ?? string.Join('\n', pictures.Select(static picture => $"[{picture.Name}]")),
            ExternalId = id,
        };
        return new WebhookReading.Taken { Messages = [new ReceivedMessage(message) { Links = pictures }], Answer = NoAnswer };
    }

    /// <summary>Pictures have no names: each is called what it is, such as <c>image</c>.</summary>
    private static IEnumerable<ReceivedLink> MediaOf(TwilioForm form)
    {
        for (int i = 0; form[$"MediaUrl{i}"] is { } address; i++)
            yield return new ReceivedLink(address, form[$"MediaContentType{i}"]?.Split('/')[0] ?? "file");
    }

    private static WebhookReading ReadStatus(TwilioForm form)
    {
        if ((form["MessageSid"] ?? form["SmsSid"]) is not { } id)
            return Missing("MessageSid");
        MessageState? state = form["MessageStatus"] switch
        {
            "sent" => MessageState.Sent,
            "delivered" => MessageState.Delivered,
            "read" => MessageState.Read,
            "undelivered" or "failed" => MessageState.Failed,
            // On its way there: nothing that is not known.
            _ => null,
        };
        return new WebhookReading.Taken
        {
            Reports = state is { } reached ? [new DeliveryReport(id, reached, ErrorOf(reached, form))] : [],
            Answer = NoAnswer,
        };
    }

    private static string? ErrorOf(MessageState state, TwilioForm form) =>
        state is MessageState.Failed ? TwilioErrors.NameOf(form["ErrorCode"]) : null;

    private static WebhookReading.Malformed Missing(string field) => new($"/{field}", "is missing");
}
