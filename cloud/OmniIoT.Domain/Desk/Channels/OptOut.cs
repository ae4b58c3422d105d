using System.Text.Json.Nodes;

namespace OmniIoT.Domain.Desk.Channels;

/// <summary>Words by which a customer asks to be left alone: they stand alone, in any case.</summary>
internal static class OptOut
{
    /// <summary>The channel's setting, a list of words; missing: <c>STOP</c> alone.</summary>
    private const string Setting = "optOutWords";

    private static readonly string[] Usual = ["STOP"];

    public static bool IsMeant(Channel channel, string text) =>
        ChannelKinds.All[channel.Type].ConsentKind is not null && Words(channel).Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Words(Channel channel) =>
        channel.Settings[Setting] is JsonArray words
            ? words
                .OfType<JsonValue>()
                .Select(static word => word.TryGetValue(out string? text) ? text : "")
                .Where(static word => word.Length > 0)
            : Usual;
}
