using System.Text;
using System.Text.Json;

namespace OmniIoT.Dialects.AzureIotHub;

/// <summary>A command said as a direct method: its name and id in the topic, its arguments as the payload.</summary>
public sealed record MethodRequest(string Topic, byte[] Payload)
{
    /// <param name="command">In our own words: <c>{"name","arguments","expiresAt"}</c>.</param>
    /// <returns>Null when it is not in them.</returns>
    public static MethodRequest? From(string commandId, ReadOnlySpan<byte> command)
    {
        Utf8JsonReader reader = new(command);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        if (
            !document.RootElement.TryGetProperty("name", out JsonElement name)
            || !document.RootElement.TryGetProperty("arguments", out JsonElement arguments)
        )
            return null;
        return new MethodRequest(HubTopics.Method(name.GetString()!, commandId), Encoding.UTF8.GetBytes(arguments.GetRawText()));
    }
}
