using System.Collections.Frozen;

namespace OmniIoT.Domain.Desk.Channels;

/// <summary>The types of channels that there are, and which of their settings nobody reads back.</summary>
public static class ChannelTypes
{
    public const string WebChat = "webchat";
    public const string Email = "email";
    public const string Sms = "sms";
    public const string Voice = "voice";
    public const string WhatsApp = "whatsapp";
    public const string Messenger = "messenger";
    public const string Telegram = "telegram";
    public const string Webhook = "webhook";
    public const string Push = "push";

    public static IReadOnlyList<string> All { get; } = [WebChat, Email, Sms, Voice, WhatsApp, Messenger, Telegram, Webhook, Push];

    private static readonly FrozenDictionary<string, string[]> Secrets = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Email] = ["token", "smtp/password", "imap/password"],
        [Sms] = ["authToken"],
        [Voice] = ["authToken"],
        [WhatsApp] = ["accessToken", "appSecret", "verifyToken"],
        [Messenger] = ["accessToken", "appSecret", "verifyToken"],
        [Telegram] = ["token", "secretToken"],
        [Webhook] = ["secret"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The secrets among the settings of a type, a slash between the names of nested ones.</summary>
    public static IReadOnlyList<string> SecretsOf(string type) => Secrets.GetValueOrDefault(type) ?? [];
}
