using System.Text.Json;
using OmniIoT.Channels.Inbound;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Meta;

/// <summary>Reads the webhook of Messenger.</summary>
public sealed class MessengerReader : MetaReader
{
    /// <summary>The type of the identity that a page knows a person by.</summary>
    public const string IdentityType = "messenger";

    private static readonly string[] Files = ["image", "audio", "video", "file"];

    public override string Type => ChannelKinds.Messenger;

    private protected override WebhookReading ReadEvents(Channel channel, JsonElement events)
    {
        JsonElement[] talks = [.. events.ItemsAt("entry").SelectMany(entry => entry.ItemsAt("messaging"))];
        return new WebhookReading.Taken
        {
            Messages = [.. talks.Select(talk => MessageOf(channel, talk)).OfType<ReceivedMessage>()],
            Reports =
            [
                .. talks
                    .SelectMany(talk => talk.ItemsAt("delivery", "mids"))
                    .Where(id => id.ValueKind is JsonValueKind.String)
                    .Select(id => new DeliveryReport(id.GetString()!, MessageState.Delivered)),
            ],
        };
    }

    private static ReceivedMessage? MessageOf(Channel channel, JsonElement talk)
    {
        // An echo is what the page itself wrote.
        if (talk.At("message", "is_echo") is { ValueKind: JsonValueKind.True })
            return null;
        string? id = talk.TextAt("message", "mid") ?? talk.TextAt("postback", "mid");
        ReceivedLink[] files = [.. FilesOf(talk)];
        string? text = talk.TextAt("message", "text") ?? talk.TextAt("postback", "title") ?? KindsOf(talk);
        if (id is null || text is null || talk.TextAt("sender", "id") is not { } sender)
            return null;
        return new ReceivedMessage(
            new InboundMessage
            {
                Channel = channel.Id,
                From = new Identity(IdentityType, sender),
                Text = text,
                ExternalId = id,
                At = talk.TimeAt("timestamp", JsonPaths.Millisecond),
                InReplyTo = talk.TextAt("message", "reply_to", "mid") is { } answered ? [answered] : [],
            }
        )
        {
            Links = files,
        };
    }

    /// <summary>Those that are files; of a place or a shared page there is only an address to look at.</summary>
    private static IEnumerable<ReceivedLink> FilesOf(JsonElement talk) =>
        talk.ItemsAt("message", "attachments")
            .Where(static file => Files.Contains(file.TextAt("type")))
            .Select(static file => file.TextAt("payload", "url") is { } address ? new ReceivedLink(address, file.TextAt("type")!) : null)
            .OfType<ReceivedLink>();

    private static string? KindsOf(JsonElement talk)
    {
        string[] types = [.. talk.ItemsAt("message", "attachments").Select(file => $"[{file.TextAt("type") ?? "file"}]")];
        return types.Length == 0 ? null : string.Join('\n', types);
    }
}
