using System.Text.Json.Nodes;

namespace OmniIoT.TestKit.Providers;

/// <summary>
/// Meta's Graph API as far as messages go: WhatsApp's Cloud API and Messenger's Send API (developers.facebook.com/docs/whatsapp/cloud-api,
/// developers.facebook.com/docs/messenger-platform/reference/send-api).
/// </summary>
public sealed class GraphServer(string accessToken) : ProviderServer
{
    private int _messages;

    protected override JsonObject Unauthorized =>
        new()
        {
            ["error"] = new JsonObject { ["code"] = 190, ["message"] = "Invalid OAuth access token." },
        };

    protected override JsonObject? Answer(ProviderCall call)
    {
        if (call.Headers.GetValueOrDefault("Authorization") != $"Bearer {accessToken}")
            return null;
        if (!call.Path.EndsWith("/messages", StringComparison.Ordinal))
            return AboutOf(call.Path.Split('/')[^1]);
        int number = Interlocked.Increment(ref _messages);
        // A file of Messenger's comes in the form of its message.
        if (call.IsForm)
            return new JsonObject
            {
                ["recipient_id"] = "0",
                ["message_id"] = $"m_{number}",
                ["attachment_id"] = $"{number}",
            };
        return call.Json["messaging_product"] is null
            ? new JsonObject { ["recipient_id"] = call.Json["recipient"]!["id"]!.DeepClone(), ["message_id"] = $"m_{number}" }
            : new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["id"] = $"wamid.{number}" }) };
    }

    /// <summary>An account, or a file with where it lies.</summary>
    private JsonObject AboutOf(string id) => new() { ["id"] = id, ["url"] = $"{Endpoint}/files/{id}" };
}
