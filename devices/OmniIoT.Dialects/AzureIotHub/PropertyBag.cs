using System.Text;

namespace OmniIoT.Dialects.AzureIotHub;

/// <summary>
/// A message's properties as they stand in its topic: <c>key=value</c> pairs joined by <c>&amp;</c>, percent-encoded (RFC 3986). A key
/// alone has the value null, a key before a bare <c>=</c> an empty one. Keys that begin with <c>$.</c> are the system's.
/// </summary>
public static class PropertyBag
{
    public const string MessageId = "$.mid";
    public const string To = "$.to";
    public const string ExpiresAt = "$.exp";
    public const string ContentType = "$.ct";
    public const string ContentEncoding = "$.ce";

    /// <summary>When the message was made, in the two forms in which devices say it.</summary>
    public const string CreatedAt = "$.ctime";

    /// <inheritdoc cref="CreatedAt"/>
    public const string CreatedAtUtc = "iothub-creation-time-utc";

    /// <summary>Marks what is not telemetry as sent: <see cref="Will"/>.</summary>
    public const string MessageType = "iothub-MessageType";

    public const string Will = "Will";

    /// <summary>Marks a message that asked to be retained; the hub retains none.</summary>
    public const string Retain = "mqtt-retain";

    private const string SystemPrefix = "$.";

    /// <summary>Whether the key is one of the hub's own and none of the application's.</summary>
    public static bool IsSystem(string key) => key.StartsWith(SystemPrefix, StringComparison.Ordinal) || key == CreatedAtUtc;

    /// <summary>In the order sent; of equal keys the last counts. What is not encoded as it should be is taken as it stands.</summary>
    public static OrderedDictionary<string, string?> Parse(ReadOnlySpan<byte> utf8)
    {
        OrderedDictionary<string, string?> properties = new(StringComparer.Ordinal);
        foreach (string pair in Encoding.UTF8.GetString(utf8).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int separator = pair.IndexOf('=', StringComparison.Ordinal);
            string key = Uri.UnescapeDataString(separator < 0 ? pair : pair[..separator]);
            if (key.Length > 0)
                properties[key] = separator < 0 ? null : Uri.UnescapeDataString(pair[(separator + 1)..]);
        }
        return properties;
    }

    public static string Format(IEnumerable<KeyValuePair<string, string?>> properties) =>
        string.Join(
            '&',
            properties.Select(property =>
                property.Value is null
                    ? Uri.EscapeDataString(property.Key)
                    : $"{Uri.EscapeDataString(property.Key)}={Uri.EscapeDataString(property.Value)}"
            )
        );
}
