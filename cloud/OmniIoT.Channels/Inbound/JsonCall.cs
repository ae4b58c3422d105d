using System.Text.Json;

namespace OmniIoT.Channels.Inbound;

/// <summary>Calls whose body is JSON.</summary>
public static class JsonCall
{
    /// <summary>Reads a body; one that is no JSON, or has texts that are none, is malformed.</summary>
    /// <param name="read">Reads all that it wants before it returns: the document is gone then.</param>
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
        catch (InvalidOperationException)
        {
            // Half a surrogate pair that was escaped is JSON (RFC 8259, 8.2), and no text.
            return new WebhookReading.Malformed("", "must have texts of whole characters");
        }
    }
}
