using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Dialects.HomeAssistant;

/// <summary>A command in an entity's words, and what state answers it.</summary>
internal static class EntityCommand
{
    private const string Value = "value";
    private const string Brightness = "brightness";

    /// <summary>What an entity is asked; null: not by this command.</summary>
    public static JsonNode? WantedOf(Entity entity, OpenCommand command)
    {
        if (command.Name is "write" or "set")
            return command.Arguments.Count == 1 ? command.Arguments[entity.Name] : null;
        if (command.Name != entity.Name)
            return null;
        return command.Arguments.Count == 1 && command.Arguments[Value] is { } value ? value : command.Arguments;
    }

    /// <summary>Null: it has no words for that.</summary>
    public static Said? Ask(Entity entity, JsonNode wanted)
    {
        if (entity.BrightnessTopic is { } brightness && wanted is JsonObject { Count: 1 } light && light[Brightness] is { } level)
            return new Said(brightness, Encoding.UTF8.GetBytes(level.ToString()));
        return entity.CommandTopic is { } topic && PayloadOf(entity, wanted) is { } payload
            ? new Said(topic, Encoding.UTF8.GetBytes(payload))
            : null;
    }

    /// <summary>A state that is what was asked for; null: it is not.</summary>
    public static CommandResult? Judge(Entity entity, OpenCommand command, JsonElement state)
    {
        if (WantedOf(entity, command) is not { } wanted)
            return null;
        bool isMet = wanted is JsonObject parts
            ? state.ValueKind == JsonValueKind.Object
                && parts.Count > 0
                && parts.All(part => state.TryGetProperty(part.Key, out JsonElement actual) && IsSame(part.Value?.ToString(), actual))
            : IsSame(PayloadOf(entity, wanted), state) || IsSame(wanted.ToString(), state);
        return isMet ? new CommandResult(state.ToNode()) : null;
    }

    private static string? PayloadOf(Entity entity, JsonNode wanted) =>
        entity.Component switch
        {
            "button" => entity.Fields.Text("payload_press") ?? "PRESS",
            "switch" or "light" when IsOn(wanted) is { } on => on
                ? entity.Fields.Text("payload_on") ?? "ON"
                : entity.Fields.Text("payload_off") ?? "OFF",
            "select" when entity.Fields.Texts("options") is { Count: > 0 } options && !options.Contains(wanted.ToString()) => null,
            _ => InTemplate(entity.Fields.Text("command_template"), TextOf(wanted)),
        };

    private static string TextOf(JsonNode wanted) => wanted is JsonObject ? wanted.ToJsonString(MakerJson.Written) : wanted.ToString();

    private static bool? IsOn(JsonNode wanted) =>
        wanted.ToString().ToUpperInvariant() switch
        {
            "TRUE" or "ON" => true,
            "FALSE" or "OFF" => false,
            _ => null,
        };

    // A template that is more than a place for the value is a program: then the value goes as it is.
    private static string InTemplate(string? template, string value)
    {
        if (template is null || template.Length > ValueTemplate.MaxLength)
            return value;
        string filled = template
            .Replace("{{ value }}", value, StringComparison.Ordinal)
            .Replace("{{value}}", value, StringComparison.Ordinal);
        return filled.Contains("{{", StringComparison.Ordinal) || filled.Contains("{%", StringComparison.Ordinal) ? value : filled;
    }

    private static bool IsSame(string? wanted, JsonElement actual) =>
        actual.ValueKind switch
        {
            JsonValueKind.Number => double.TryParse(wanted, System.Globalization.CultureInfo.InvariantCulture, out double number)
                && number == actual.GetDouble(),
            JsonValueKind.Undefined or JsonValueKind.Object or JsonValueKind.Array => false,
            _ => string.Equals(wanted, actual.ToString(), StringComparison.OrdinalIgnoreCase),
        };
}
