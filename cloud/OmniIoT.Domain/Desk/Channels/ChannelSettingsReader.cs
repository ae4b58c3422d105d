using System.Text.Json.Nodes;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Desk.Channels;

/// <summary>What each type of channel wants to know of its provider.</summary>
internal static class ChannelSettingsReader
{
    private const int MaxTextLength = 500;
    private const int MaxWords = 20;
    private const int MostDays = 3_650;
    private const int HighestPort = 65_535;

    private static readonly string[] Securities = ["none", "startTls", "tls"];

    public static void Check(string type, JsonFields? settings)
    {
        if (settings is null)
            return;
        Action<JsonFields> check = type switch
        {
            ChannelKinds.Email => Email,
            ChannelKinds.Sms => Sms,
            ChannelKinds.Voice => Voice,
            ChannelKinds.WhatsApp => WhatsApp,
            ChannelKinds.Messenger => Messenger,
            ChannelKinds.Telegram => Telegram,
            ChannelKinds.Webhook => Webhook,
            ChannelKinds.Push => Push,
            _ => fields => fields.RefuseOthers(),
        };
        check(settings);
    }

    private static void Email(JsonFields fields)
    {
        fields.RefuseOthers("address", "token", "smtp", "imap");
        if (fields.RequiredText("address", MaxTextLength) is { } address && !address.Contains('@', StringComparison.Ordinal))
            fields.Refuse("address", "must be an e-mail address, such as help@example.com");
        // Who reads a mailbox need not have mail handed over as well.
        if (fields.Has("imap"))
            fields.Text("token", MaxTextLength);
        else
            fields.RequiredText("token", MaxTextLength);
        Server(fields.Object("smtp"));
        Mailbox(fields.Object("imap"));
    }

    private static void Mailbox(JsonFields? fields)
    {
        Server(fields, "folder", "days");
        fields?.RequiredText("user", MaxTextLength);
        fields?.RequiredText("password", MaxTextLength);
        fields?.Text("folder", MaxTextLength);
        fields?.Whole("days", 1, MostDays);
    }

    private static void Server(JsonFields? fields, params ReadOnlySpan<string> more)
    {
        if (fields is null)
            return;
        fields.RefuseOthers(["host", "port", "security", "user", "password", .. more]);
        fields.RequiredText("host", MaxTextLength);
        fields.Whole("port", 1, HighestPort);
        Choice(fields, "security", Securities);
        fields.Text("user", MaxTextLength);
        fields.Text("password", MaxTextLength);
    }

    private static void Sms(JsonFields fields)
    {
        fields.RefuseOthers("endpoint", "accountSid", "authToken", "from", "region", "optOutWords");
        Twilio(fields);
        IReadOnlyList<string> words = fields.Texts("optOutWords");
        if (words.Count > MaxWords)
            fields.RefuseAs("optOutWords", MistakeKinds.TooMany, ("max", MaxWords));
    }

    private static void Voice(JsonFields fields)
    {
        fields.RefuseOthers("endpoint", "accountSid", "authToken", "from", "region");
        Twilio(fields);
    }

    private static void Twilio(JsonFields fields)
    {
        Address(fields, "endpoint");
        fields.RequiredText("accountSid", MaxTextLength);
        fields.RequiredText("authToken", MaxTextLength);
        fields.RequiredText("from", MaxTextLength);
        Region(fields);
    }

    private static void Region(JsonFields fields)
    {
        if (fields.Text("region", MaxTextLength) is { } region && !(region.Length == 2 && region.All(char.IsAsciiLetterUpper)))
            fields.Refuse("region", "must be a country in two capital letters, such as AZ");
    }

    private static void WhatsApp(JsonFields fields)
    {
        fields.RefuseOthers("endpoint", "phoneNumberId", "version", "accessToken", "appSecret", "verifyToken", "region");
        Meta(fields, "phoneNumberId");
        Region(fields);
    }

    private static void Messenger(JsonFields fields)
    {
        fields.RefuseOthers("endpoint", "pageId", "version", "accessToken", "appSecret", "verifyToken");
        Meta(fields, "pageId");
    }

    private static void Meta(JsonFields fields, string account)
    {
        Address(fields, "endpoint");
        fields.RequiredText(account, MaxTextLength);
        fields.Text("version", MaxTextLength);
        fields.RequiredText("accessToken", MaxTextLength);
        fields.RequiredText("appSecret", MaxTextLength);
        fields.RequiredText("verifyToken", MaxTextLength);
    }

    private static void Telegram(JsonFields fields)
    {
        fields.RefuseOthers("endpoint", "token", "secretToken");
        Address(fields, "endpoint");
        fields.RequiredText("token", MaxTextLength);
        fields.RequiredText("secretToken", MaxTextLength);
    }

    private static void Webhook(JsonFields fields)
    {
        fields.RefuseOthers("url", "secret", "region");
        Address(fields, "url");
        fields.RequiredText("secret", MaxTextLength);
        Region(fields);
    }

    private static void Push(JsonFields fields)
    {
        fields.RefuseOthers("endpoint", "subject");
        Address(fields, "endpoint");
        if (
            fields.Text("subject", MaxTextLength) is { } subject
            && !(Uri.TryCreate(subject, UriKind.Absolute, out Uri? contact) && contact.Scheme is "mailto" or "https")
        )
            fields.Refuse("subject", "must be an address that begins with mailto: or https:");
    }

    private static void Address(JsonFields fields, string name)
    {
        if (
            fields.Text(name, MaxTextLength) is { } text
            && !(Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        )
            fields.Refuse(name, "must be an address that begins with http:// or https://");
    }

    private static void Choice(JsonFields fields, string name, string[] choices)
    {
        if (fields.Text(name, MaxTextLength) is { } text && !choices.Contains(text, StringComparer.OrdinalIgnoreCase))
            fields.RefuseAs(name, MistakeKinds.Choice, ("choices", new JsonArray([.. choices.Select(one => (JsonNode?)one)])));
    }
}
