using System.Text.Json.Nodes;

namespace OmniIoT.TestKit.Providers;

/// <summary>A server of chat completions as OpenAI has them (platform.openai.com/docs/api-reference/chat), that says what it is told to.</summary>
public sealed class LanguageModelServer(string key) : ProviderServer
{
    /// <summary>What it says to the user's part of a request.</summary>
    public Func<JsonObject, string> Says { get; set; } = static _ => """{"answer":null,"sources":[]}""";

    protected override JsonObject Unauthorized => new() { ["error"] = new JsonObject { ["message"] = "Incorrect API key provided" } };

    protected override JsonObject? Answer(ProviderCall call)
    {
        if (call.Path != "/v1/chat/completions" || call.Headers.GetValueOrDefault("Authorization") != $"Bearer {key}")
            return null;
        JsonArray messages = call.Json["messages"]!.AsArray();
        return new JsonObject
        {
            ["id"] = "chatcmpl-1",
            ["object"] = "chat.completion",
            ["created"] = 1_700_000_000,
            ["model"] = call.Json["model"]!.DeepClone(),
            ["choices"] = new JsonArray(
                new JsonObject
                {
                    ["index"] = 0,
                    ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = Says(Asked(messages[^1]!["content"]!)) },
                    ["finish_reason"] = "stop",
                }
            ),
            ["usage"] = new JsonObject
            {
                ["prompt_tokens"] = 1,
                ["completion_tokens"] = 1,
                ["total_tokens"] = 2,
            },
        };
    }

    /// <summary>A text, or parts of one.</summary>
    private static JsonObject Asked(JsonNode content) =>
        (JsonObject)JsonNode.Parse(content is JsonArray parts ? (string)parts[0]!["text"]! : (string)content!)!;
}
