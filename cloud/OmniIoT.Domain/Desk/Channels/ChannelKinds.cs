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
    /// <summary>How many files leave with the words of one message; 0: none do.</summary>
    public int MostFiles { get; init; }

    /// <summary>
    /// Largest files in bytes, by how their media types begin, such as <c>image/</c>; what is not named may be as large as any.
    /// </summary>
    public IReadOnlyDictionary<string, int> MaximumBytes { get; init; } = new Dictionary<string, int>();

    /// <summary>Of the words beside files, in characters.</summary>
    public int MaximumLengthWithFiles { get; init; } = MaximumLength;

    /// <summary>Whether its provider knows words that it approved beforehand.</summary>
    public bool KnowsTemplates { get; init; }

    /// <returns>How large such a file may be, in bytes.</returns>
    public int MaximumBytesOf(Attachment file) =>
        MaximumBytes.FirstOrDefault(kind => file.Type.StartsWith(kind.Key, StringComparison.Ordinal)) is { Key: not null } known
            ? known.Value
            : Attachment.MaximumBytes;
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

    /// <summary>The bound of the API on the files of a message.</summary>
    private const int AllFiles = int.MaxValue;

    /// <summary>A record of Web Push has 4,096 bytes, and nobody reads a letter in a notification.</summary>
    private const int NotificationLength = 500;

    /// <summary>Words beside a file are its caption, for Telegram and for WhatsApp.</summary>
    private const int CaptionLength = 1024;

    /// <summary>Cloud API, "Supported media types": what is larger is refused once it is handed over.</summary>
    private static readonly Dictionary<string, int> WhatsAppBytes = new(StringComparer.Ordinal)
    {
        ["image/"] = 5 << 20,
        ["audio/"] = 16 << 20,
        ["video/"] = 16 << 20,
    };

    /// <summary>Meta: only templates may be sent when the customer's last message is older.</summary>
    private static readonly TimeSpan CustomerServiceWindow = TimeSpan.FromHours(24);

    /// <summary>Lengths as the providers document them: ten parts of an SMS, a message of Meta's and of Telegram's.</summary>
    public static FrozenDictionary<string, ChannelAbilities> All { get; } =
        new Dictionary<string, ChannelAbilities>(StringComparer.Ordinal)
        {
            [WebChat] = new(null, null, null, HasKey: true, Unbounded) { MostFiles = AllFiles },
            [Email] = new("email", "email", null, HasKey: true, Unbounded) { MostFiles = AllFiles },
            [Sms] = new("phone", "sms", null, HasKey: false, 1600),
            [Voice] = new("phone", null, null, HasKey: false, 0),
            [WhatsApp] = new("phone", null, CustomerServiceWindow, HasKey: false, 4096)
            {
                KnowsTemplates = true,
                MostFiles = 1,
                MaximumLengthWithFiles = CaptionLength,
                MaximumBytes = WhatsAppBytes,
            },
            [Messenger] = new("messenger", null, CustomerServiceWindow, HasKey: false, 2000) { KnowsTemplates = true },
            [Telegram] = new("telegram", null, null, HasKey: false, 4096) { MostFiles = 10, MaximumLengthWithFiles = CaptionLength },
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
}
