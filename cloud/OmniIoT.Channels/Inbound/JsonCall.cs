using System.Text.Json;

namespace OmniIoT.Channels.Inbound;

/// <summary>Calls whose body is JSON.</summary>
public static class JsonCall
{
    /// <summary>Reads a body; one that is no JSON is malformed.</summary>
    public static WebhookReading Read(ReadOnlyMemory<byte> body, Func<JsonElement, WebhookReading> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (JsonException error)
        {
            return new WebhookReading.Malformed("", $"must be JSON: {error.Message}");
        }
    }
}
