using System.Text.Json.Nodes;

namespace OmniIoT.TestKit.Providers;

/// <summary>Telegram's Bot API as far as messages go (core.telegram.org/bots/api).</summary>
public sealed class TelegramServer(string token) : ProviderServer
{
    private int _messages;

    protected override JsonObject Unauthorized =>
        new()
        {
            ["ok"] = false,
            ["error_code"] = 401,
            ["description"] = "Unauthorized",
        };

    protected override JsonObject? Answer(ProviderCall call)
    {
        if (call.Path.StartsWith($"/file/bot{token}/", StringComparison.Ordinal))
            return [];
        if (!call.Path.StartsWith($"/bot{token}/", StringComparison.Ordinal))
            return null;
        if (call.Path.EndsWith("/getFile", StringComparison.Ordinal))
            return FileOf((string)call.Json["file_id"]!);
        if (!call.Headers.GetValueOrDefault("Content-Type", "").StartsWith("application/json", StringComparison.Ordinal))
            return new JsonObject { ["ok"] = true, ["result"] = WithFiles(call) };
        return new JsonObject
        {
            ["ok"] = true,
            ["result"] = call.Path.EndsWith("/getMe", StringComparison.Ordinal)
                ? new JsonObject
                {
                    ["id"] = 1,
                    ["is_bot"] = true,
                    ["first_name"] = "Help",
                }
                : new JsonObject
                {
                    ["message_id"] = Interlocked.Increment(ref _messages),
                    ["date"] = 1_700_000_000,
                    ["chat"] = new JsonObject { ["id"] = call.Json["chat_id"]!.DeepClone(), ["type"] = "private" },
                    ["text"] = call.Json["text"]!.DeepClone(),
                },
        };
    }

    /// <summary>A file lies where its id says.</summary>
    private static JsonObject FileOf(string id) =>
        new()
        {
            ["ok"] = true,
            ["result"] = new JsonObject { ["file_id"] = id, ["file_path"] = $"photos/{id}.jpg" },
        };

    /// <summary>A group is several messages.</summary>
    private JsonNode WithFiles(ProviderCall call)
    {
        JsonObject message = new() { ["message_id"] = Interlocked.Increment(ref _messages), ["date"] = 1_700_000_000 };
        return call.Path.EndsWith("/sendMediaGroup", StringComparison.Ordinal) ? new JsonArray(message) : message;
    }
}
