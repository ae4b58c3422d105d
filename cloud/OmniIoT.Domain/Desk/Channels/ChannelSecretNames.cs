using System.Collections.Frozen;

namespace OmniIoT.Domain.Desk.Channels;

/// <summary>Which settings of channels nobody reads back.</summary>
public static class ChannelSecretNames
{
    private static readonly FrozenDictionary<string, string[]> Names = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [ChannelKinds.Email] = ["token", "smtp/password", "imap/password"],
        [ChannelKinds.Sms] = ["authToken"],
        [ChannelKinds.Voice] = ["authToken"],
        [ChannelKinds.WhatsApp] = ["accessToken", "appSecret", "verifyToken"],
        [ChannelKinds.Messenger] = ["accessToken", "appSecret", "verifyToken"],
        [ChannelKinds.Telegram] = ["token", "secretToken"],
        [ChannelKinds.Webhook] = ["secret"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The secrets among the settings of a type, a slash between the names of nested ones.</summary>
    public static IReadOnlyList<string> Of(string type) => Names.GetValueOrDefault(type) ?? [];
}
