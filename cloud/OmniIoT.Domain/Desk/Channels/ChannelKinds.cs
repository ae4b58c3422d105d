using System.Collections.Frozen;

namespace OmniIoT.Domain.Desk.Channels;

/// <summary>What a kind of channel can do.</summary>
/// <param name="IdentityType">Of whom it reaches, such as <c>email</c> or <c>phone</c>; null: any.</param>
/// <param name="ConsentKind">The consent that it needs when the customer did not write first; null: none.</param>
/// <param name="FreeWordsFor">How long after the customer's last message free words may be sent; null: always.</param>
/// <param name="HasKey">Whether the provider knows a message again, so that a repetition is harmless.</param>
/// <param name="MaximumLength">Of one message's text, in characters; 0: it carries no words.</param>
public sealed record ChannelAbilities(string? IdentityType, string? ConsentKind, TimeSpan? FreeWordsFor, bool HasKey, int MaximumLength)
{
    public CarriedFiles Files { get; init; } = CarriedFiles.None;

    /// <summary>Of the words beside files, in characters.</summary>
    public int MaximumLengthWithFiles { get; init; } = MaximumLength;

    /// <summary>Whether its provider knows words that it approved beforehand.</summary>
    public bool KnowsTemplates { get; init; }
}

/// <summary>The kinds of channels there are; the names are public contract.</summary>
public static class ChannelKinds
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

    /// <summary>The bound of the API on a text of a person.</summary>
    private const int Unbounded = 10_000;

    /// <summary>A record of Web Push has 4,096 bytes, and nobody reads a letter in a notification.</summary>
    private const int NotificationLength = 500;

    /// <summary>Words beside a file are its caption, for Telegram and for WhatsApp.</summary>
    private const int CaptionLength = 1024;

    /// <summary>Cloud API, "Supported media types": what is larger is refused once it is handed over.</summary>
    private static readonly CarriedFiles WhatsAppFiles = new(1)
    {
        MaximumBytes = Sizes(("image/", 5 << 20), ("audio/", 16 << 20), ("video/", 16 << 20)),
    };

    /// <summary>Messenger Platform, "Send API": pictures of 8 MB, and 25 MB of anything else, which is more than the API takes.</summary>
    private static readonly CarriedFiles MessengerFiles = new(1) { MaximumBytes = Sizes(("image/", 8 << 20)) };

    /// <summary>
    /// Twilio, "Accepted content types for media": 5 MB of pictures, which are made smaller for the carrier, 500 KB of what is only passed
    /// on, and 5 MB in all.
    /// </summary>
    private static readonly CarriedFiles SmsFiles = new(10)
    {
        MaximumBytes = Sizes(
            ("image/jpeg", 5 << 20),
            ("image/png", 5 << 20),
            ("image/gif", 5 << 20),
            ("audio/mpeg", 500 << 10),
            ("audio/ogg", 500 << 10),
            ("video/mp4", 500 << 10),
            ("application/pdf", 500 << 10)
        ),
        OnlyNamed = true,
        MaximumBytesInAll = 5 << 20,
        ByLink = true,
    };

    /// <summary>Meta: only templates may be sent when the customer's last message is older.</summary>
    private static readonly TimeSpan CustomerServiceWindow = TimeSpan.FromHours(24);

    /// <summary>Lengths as the providers document them: ten parts of an SMS, a message of Meta's and of Telegram's.</summary>
    public static FrozenDictionary<string, ChannelAbilities> All { get; } =
        new Dictionary<string, ChannelAbilities>(StringComparer.Ordinal)
        {
            [WebChat] = new(null, null, null, HasKey: true, Unbounded) { Files = CarriedFiles.All },
            [Email] = new("email", "email", null, HasKey: true, Unbounded) { Files = CarriedFiles.All },
            [Sms] = new("phone", "sms", null, HasKey: false, 1600) { Files = SmsFiles },
            [Voice] = new("phone", null, null, HasKey: false, 0),
            [WhatsApp] = new("phone", null, CustomerServiceWindow, HasKey: false, 4096)
            {
                KnowsTemplates = true,
                Files = WhatsAppFiles,
                MaximumLengthWithFiles = CaptionLength,
            },
            [Messenger] = new("messenger", null, CustomerServiceWindow, HasKey: false, 2000)
            {
                KnowsTemplates = true,
                Files = MessengerFiles,
            },
            [Telegram] = new("telegram", null, null, HasKey: false, 4096)
            {
                Files = new CarriedFiles(10),
                MaximumLengthWithFiles = CaptionLength,
            },
            [Webhook] = new(null, null, null, HasKey: true, Unbounded),
            [Push] = new("push", null, null, HasKey: false, NotificationLength),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The web chat's own channel, which is there without a document.</summary>
    internal static Channel WebChatItself { get; } =
        new()
        {
            Id = WebChat,
            Type = WebChat,
            Name = "Web chat",
        };

    private static Dictionary<string, int> Sizes(params (string Kind, int Bytes)[] sizes) =>
        sizes.ToDictionary(static one => one.Kind, static one => one.Bytes, StringComparer.Ordinal);
}
