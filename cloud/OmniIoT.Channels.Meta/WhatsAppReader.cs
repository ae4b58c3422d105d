using System.Text.Json;
using OmniIoT.Channels.Inbound;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Customers;

namespace OmniIoT.Channels.Meta;

/// <summary>Reads the webhook of WhatsApp's Cloud API.</summary>
public sealed class WhatsAppReader : MetaReader
{
    private static readonly string[] Files = ["image", "audio", "video", "document", "sticker"];

    public override string Type => ChannelKinds.WhatsApp;

    private protected override WebhookReading ReadEvents(Channel channel, JsonElement events)
    {
        JsonElement[] values =
        [
            .. events
                .ItemsAt("entry")
                .SelectMany(entry => entry.ItemsAt("changes"))
                .Select(change => change.At("value"))
                .OfType<JsonElement>(),
        ];
        return new WebhookReading.Taken
        {
            Messages = [.. values.SelectMany(value => MessagesIn(channel, value))],
            Reports = [.. values.SelectMany(value => value.ItemsAt("statuses")).Select(ReportOf).OfType<DeliveryReport>()],
        };
    }

    private static IEnumerable<ReceivedMessage> MessagesIn(Channel channel, JsonElement value)
    {
        foreach (JsonElement message in value.ItemsAt("messages"))
        {
            if (message.TextAt("id") is not { } id || message.TextAt("from") is not { } from || TextOf(message) is not { } text)
                continue;
            JsonElement? contact = value.ItemsAt("contacts").FirstOrDefault(contact => contact.TextAt("wa_id") == from);
            yield return new ReceivedMessage(
                new InboundMessage
                {
                    Channel = channel.Id,
                    From = new Identity("phone", IdentityForm.Of("phone", "+" + from)),
                    Name = contact?.TextAt("profile", "name"),
                    Text = text,
                    ExternalId = id,
                    At = message.TimeAt("timestamp", JsonPaths.Second),
                    InReplyTo = message.TextAt("context", "id") is { } answered ? [answered] : [],
                }
            )
            {
                Links = FileOf(message) is { } file ? [file] : [],
            };
        }
    }

    /// <summary>The words; of what has none, what it is. A reaction is neither.</summary>
    private static string? TextOf(JsonElement message)
    {
        string? type = message.TextAt("type");
        return type switch
        {
            null or "reaction" => null,
            "text" => message.TextAt("text", "body"),
            "button" => message.TextAt("button", "text"),
            "interactive" => message.TextAt("interactive", "button_reply", "title") ?? message.TextAt("interactive", "list_reply", "title"),
            _ => message.TextAt(type, "caption") ?? $"[{message.TextAt(type, "filename") ?? type}]",
        };
    }

    /// <summary>The file of a message that is one: picture, sound, film, document or sticker.</summary>
    private static ReceivedLink? FileOf(JsonElement message) =>
        message.TextAt("type") is { } type && Files.Contains(type) && message.TextAt(type, "id") is { } id
            ? new ReceivedLink(id, message.TextAt(type, "filename") ?? type)
            : null;

    private static DeliveryReport? ReportOf(JsonElement status)
    {
        MessageState? state = status.TextAt("status") switch
        {
            "sent" => MessageState.Sent,
            "delivered" => MessageState.Delivered,
            "read" => MessageState.Read,
            "failed" => MessageState.Failed,
            _ => null,
        };
        if (state is not { } reached || status.TextAt("id") is not { } id)
            return null;
        JsonElement error = status.ItemsAt("errors").FirstOrDefault();
        return new DeliveryReport(id, reached, reached is MessageState.Failed ? MetaErrors.NameOf(error) : null);
    }
}
