using System.Text.Json;
using OmniIoT.Channels.Inbound;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Telegram;

/// <summary>Reads the updates of a bot. Only what a person writes to it alone is a message.</summary>
public sealed class TelegramReader : IWebhookReader
{
    /// <summary>The type of the identity that a bot knows a person by.</summary>
    public const string IdentityType = "telegram";

    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    private static readonly string[] Files =
    [
        "photo",
        "document",
        "voice",
        "video",
        "video_note",
        "audio",
        "sticker",
        "location",
        "contact",
    ];

    public string Type => ChannelKinds.Telegram;

    public IReadOnlyList<string> Parts { get; } = [WebhookCall.Inbound];

    public int MaximumBytes => 256 * 1024;

    public bool MayBeRead(Channel channel, WebhookCall head) => Proof.IsSame(head.Header(SecretHeader), channel.Require("secretToken"));

    public WebhookReading Read(Channel channel, WebhookCall call) =>
        MayBeRead(channel, call) ? JsonCall.Read(call.Body, update => ReadUpdate(channel, update)) : new WebhookReading.Refused();

    private static WebhookReading.Taken ReadUpdate(Channel channel, JsonElement update) =>
        update.At("message") is { } message && MessageOf(channel, message) is { } received
            ? new WebhookReading.Taken { Messages = [received] }
            : new WebhookReading.Taken();

    private static ReceivedMessage? MessageOf(Channel channel, JsonElement message)
    {
        if (
            message.TextAt("chat", "type") is not "private"
            || message.TextAt("chat", "id") is not { } chat
            || message.TextAt("message_id") is not { } id
            || TextOf(message) is not { } text
        )
            return null;
        return new ReceivedMessage(
            new InboundMessage
            {
                Channel = channel.Id,
                From = new Identity(IdentityType, chat),
                Name = NameOf(message),
                Text = text,
                ExternalId = NameOf(chat, id),
                At = message.TimeAt("date", JsonPaths.Second),
                InReplyTo = message.TextAt("reply_to_message", "message_id") is { } answered ? [NameOf(chat, answered)] : [],
            }
        )
        {
            Links = FileOf(message) is { } file ? [file] : [],
        };
    }

    /// <summary>A message's number is one within its chat.</summary>
    internal static string NameOf(string chat, string message) => $"{chat}:{message}";

    private static string? NameOf(JsonElement message)
    {
        string name = $"{message.TextAt("from", "first_name")} {message.TextAt("from", "last_name")}".Trim();
        return name.Length == 0 ? null : name;
    }

    /// <summary>The file of a message; of a picture, which comes in several sizes, the largest.</summary>
    private static ReceivedLink? FileOf(JsonElement message)
    {
        foreach (string kind in Files)
        {
            JsonElement file = message.ItemsAt(kind).LastOrDefault();
            if ((file.TextAt("file_id") ?? message.TextAt(kind, "file_id")) is { } id)
                return new ReceivedLink(id, message.TextAt(kind, "file_name") ?? kind);
        }
        return null;
    }

    private static string? TextOf(JsonElement message) =>
        message.TextAt("text")
        ?? message.TextAt("caption")
        ?? Files.Where(file => message.At(file) is not null).Select(file => $"[{file}]").FirstOrDefault();
}
