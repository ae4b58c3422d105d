using System.Text.Json;
using OmniIoT.Channels.Inbound;

namespace OmniIoT.Channels.Meta;

/// <summary>What Meta's error codes mean here.</summary>
internal static class MetaErrors
{
    // More than 24 hours since the customer's last message: WhatsApp's code, and Messenger's for "outside of the allowed window".
    private static readonly long[] WindowClosed = [131047, 10];

    private static readonly long[] NoSuchAccount = [131026, 551];

    // Too many calls: of the application, the account, the number, to one person.
    private static readonly long[] Busy = [4, 17, 32, 613, 80007, 130429, 131048, 131056, 1, 2];

    /// <param name="error">With <c>code</c> and <c>title</c> or <c>message</c>.</param>
    public static string NameOf(JsonElement error) =>
        error.WholeAt("code") switch
        {
            { } code when WindowClosed.Contains(code) => "windowClosed",
            { } code when NoSuchAccount.Contains(code) => "bounced",
            { } code => $"Meta {code}: {error.TextAt("title") ?? error.TextAt("message")}",
            null => "failed",
        };

    /// <summary>Whether it may go later though the status says that the call was wrong.</summary>
    public static bool IsForNow(JsonElement error) => error.WholeAt("code") is { } code && Busy.Contains(code);
}
