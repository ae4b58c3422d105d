using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Customers;

namespace OmniIoT.Channels.Meta;

/// <summary>Sends by WhatsApp's Cloud API.</summary>
public sealed class WhatsAppAdapter(ProviderClient provider, IAttachmentStore attachments) : MetaAdapter(provider)
{
    public override string Type => ChannelKinds.WhatsApp;

    private protected override string Account => "phoneNumberId";

    /// <summary>A file is handed over first and named by the message: what is handed over and never named is nobody's.</summary>
    public override async ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (await attachments.ReadAllAsync(message.Attachments, cancellationToken) is not [var file])
            return await PostAsync(channel, BodyOf(channel, message), cancellationToken);
        ProviderAnswer answer = await CallAsync(channel, "media", WhatsAppFile.Upload(file.Attachment, file.Content), cancellationToken);
        if (!answer.IsSuccess)
            return OutcomeOf(answer);
        if (JsonOf(answer).TextAt("id") is not { } id)
            return new SendOutcome.NotNow("The file was taken without a name.");
        JsonObject body = Addressed(channel, message);
        WhatsAppFile.Name(body, file.Attachment, id, message.Text);
        return await PostAsync(channel, body, cancellationToken);
    }

    private static JsonObject BodyOf(Channel channel, OutgoingMessage message)
    {
        JsonObject body = Addressed(channel, message);
        if (message.Template is { } template)
        {
            body["type"] = "template";
            body["template"] = JsonOf(template);
        }
        else
        {
            body["type"] = "text";
            body["text"] = new JsonObject { ["body"] = message.Text };
        }
        return body;
    }

    private static JsonObject Addressed(Channel channel, OutgoingMessage message) =>
        new()
        {
            ["messaging_product"] = "whatsapp",
            ["recipient_type"] = "individual",
            ["to"] = IdentityForm.Of("phone", message.To.Value, channel.Region).TrimStart('+'),
        };

    private protected override string? IdIn(JsonElement answer) =>
        answer.ItemsAt("messages").Select(message => message.TextAt("id")).FirstOrDefault();
}
