using System.Text.Json.Nodes;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels;

/// <summary>The settings of a channel by name. They were validated when they were written.</summary>
public static class ChannelSettings
{
    /// <param name="path">The name, or those of nested ones down to it.</param>
    /// <returns>Null when it is not set.</returns>
    public static string? Text(this Channel channel, params ReadOnlySpan<string> path) =>
        channel.Find(path) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <exception cref="InvalidOperationException">It is not set.</exception>
    public static string Require(this Channel channel, params ReadOnlySpan<string> path) =>
        channel.Text(path) ?? throw new InvalidOperationException($"The setting '{string.Join('/', path)}' is missing.");

    public static int? Number(this Channel channel, params ReadOnlySpan<string> path) =>
        channel.Find(path) is JsonValue value && value.TryGetValue(out int number) ? number : null;

    /// <summary>Empty when it is not set.</summary>
    public static IReadOnlyList<string> Texts(this Channel channel, string name) =>
        channel.Settings[name] is JsonArray texts ? [.. texts.Select(text => (string)text!)] : [];

    /// <summary>Whether there is something of the name.</summary>
    public static bool Has(this Channel channel, string name) => channel.Settings[name] is not null;

    /// <summary>The provider's base address, without a slash at its end.</summary>
    public static string Endpoint(this Channel channel, string usual) => (channel.Text("endpoint") ?? usual).TrimEnd('/');

    private static JsonNode? Find(this Channel channel, ReadOnlySpan<string> path)
    {
        JsonNode? node = channel.Settings;
        foreach (string name in path)
            node = (node as JsonObject)?[name];
        return node;
    }
}
