using System.Text;
using System.Text.Json;

namespace OmniIoT.Dialects.AzureIotHub;

/// <summary>A command said as a direct method: its name and id in the topic, its arguments as the payload.</summary>
public sealed record MethodRequest(string Topic, byte[] Payload)
{
    /// <param name="command">In our own words: <c>{"name","arguments","expiresAt"}</c>.</param>
    public static MethodRequest From(string commandId, ReadOnlySpan<byte> command)
    {
        Utf8JsonReader reader = new(command);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        string name = document.RootElement.GetProperty("name").GetString()!;
        return new MethodRequest(HubTopics.Method(name, commandId), Encoding.UTF8.GetBytes(document.RootElement.GetProperty("arguments").GetRawText()));
    }
}
