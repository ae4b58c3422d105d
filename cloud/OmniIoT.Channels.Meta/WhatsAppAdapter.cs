using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Customers;

namespace OmniIoT.Channels.Meta;

/// <summary>Sends by WhatsApp's Cloud API.</summary>
public sealed class WhatsAppAdapter(ProviderClient provider) : MetaAdapter(provider)
{
    public override string Type => ChannelKinds.WhatsApp;

    private protected override string Account => "phoneNumberId";

    private protected override JsonObject BodyOf(Channel channel, OutgoingMessage message)
    {
        JsonObject body = new()
        {
            ["messaging_product"] = "whatsapp",
            ["recipient_type"] = "individual",
            ["to"] = IdentityForm.Of("phone", message.To.Value, channel.Region).TrimStart('+'),
        };
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

    private protected override string? IdIn(JsonElement answer) =>
        answer.ItemsAt("messages").Select(message => message.TextAt("id")).FirstOrDefault();
}
