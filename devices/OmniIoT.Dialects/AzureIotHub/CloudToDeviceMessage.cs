using System.Text;
using System.Text.Json;

namespace OmniIoT.Dialects.AzureIotHub;

/// <summary>A message to a device, said in the hub's way: its properties in the topic, its payload bare.</summary>
public sealed record CloudToDeviceMessage(string Topic, byte[] Payload)
{
    /// <param name="message">In our own words: <c>{"id","payload","properties","expiresAt"}</c>.</param>
    public static CloudToDeviceMessage From(string deviceId, ReadOnlySpan<byte> message)
    {
        Utf8JsonReader reader = new(message);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement payload = document.RootElement.GetProperty("payload");
        bool isText = payload.ValueKind == JsonValueKind.String;
        string text = isText ? payload.GetString()! : payload.GetRawText();
        return new CloudToDeviceMessage(
            HubTopics.DeviceBound(deviceId, PropertyBag.Format(Properties(deviceId, document.RootElement, isText))),
            Encoding.UTF8.GetBytes(text)
        );
    }

    private static IEnumerable<KeyValuePair<string, string?>> Properties(string deviceId, JsonElement message, bool isText)
    {
        yield return new(PropertyBag.MessageId, message.GetProperty("id").GetString());
        yield return new(PropertyBag.To, $"/devices/{deviceId}/messages/devicebound");
        yield return new(PropertyBag.ExpiresAt, message.GetProperty("expiresAt").GetString());
        if (!isText)
        {
            yield return new(PropertyBag.ContentType, "application/json");
            yield return new(PropertyBag.ContentEncoding, "utf-8");
        }
        foreach (JsonProperty property in message.GetProperty("properties").EnumerateObject())
            yield return new(property.Name, property.Value.GetString());
    }
}
