namespace OmniIoT.Dialects.AzureIotHub;

/// <summary>The properties of a telemetry message, and what they say of its body.</summary>
public sealed class HubEvent
{
    private const string JsonSuffix = "+json";

    private readonly OrderedDictionary<string, string?> _properties;

    private HubEvent(OrderedDictionary<string, string?> properties) => _properties = properties;

    /// <param name="properties">As they stand in the topic.</param>
    /// <param name="mark">A property that the hub adds, with its value; null for none.</param>
    public static HubEvent Read(ReadOnlySpan<byte> properties, KeyValuePair<string, string>? mark = null)
    {
        OrderedDictionary<string, string?> read = PropertyBag.Parse(properties);
        if (mark is { } added)
            read[added.Key] = added.Value;
        return new HubEvent(read);
    }

    /// <summary>Whether it says nothing against a body of JSON in UTF-8.</summary>
    public bool IsJson =>
        IsJsonType(_properties.GetValueOrDefault(PropertyBag.ContentType))
        && IsUtf8(_properties.GetValueOrDefault(PropertyBag.ContentEncoding));

    /// <summary>The body with all that the properties say in it; see <see cref="TelemetryBody"/>.</summary>
    public ReadOnlySpan<byte> Complete(ReadOnlySpan<byte> body)
    {
        List<KeyValuePair<string, string>> ofApplication = [];
        foreach ((string key, string? value) in _properties)
            if (value is not null && !PropertyBag.IsSystem(key))
                ofApplication.Add(new(key, value));
        string? createdAt = _properties.GetValueOrDefault(PropertyBag.CreatedAt) ?? _properties.GetValueOrDefault(PropertyBag.CreatedAtUtc);
        return new TelemetryBody(ofApplication, createdAt).Complete(body);
    }

    private static bool IsJsonType(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType))
            return true;
        string type = contentType.Split(';')[0].Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Equals("text/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith(JsonSuffix, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsUtf8(string? encoding) =>
        string.IsNullOrEmpty(encoding)
        || encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || encoding.Equals("utf8", StringComparison.OrdinalIgnoreCase);
}
