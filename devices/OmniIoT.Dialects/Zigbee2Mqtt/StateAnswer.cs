using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Dialects.Zigbee2Mqtt;

/// <summary>A device behind the bridge answers by its state: a command has succeeded when all that it asked for is so.</summary>
internal static class StateAnswer
{
    /// <summary>Null: it does not answer this command.</summary>
    public static CommandResult? Judge(OpenCommand command, JsonElement state)
    {
        if (command.Arguments.Count == 0)
            return null;
        JsonObject result = [];
        foreach ((string name, JsonNode? wanted) in command.Arguments)
        {
            if (!state.TryGetProperty(name, out JsonElement value))
                return null;
            JsonNode? actual = value.ToNode();
            if (command.Name != "get" && !IsMet(wanted, actual))
                return null;
            result[name] = actual;
        }
        return new CommandResult(result);
    }

    // Colours are told in other terms than they are asked for, and a toggle in what became of it.
    private static bool IsMet(JsonNode? wanted, JsonNode? actual) =>
        wanted switch
        {
            JsonObject or null => true,
            _ when wanted.ToString().Equals("TOGGLE", StringComparison.OrdinalIgnoreCase) => true,
            _ => JsonNode.DeepEquals(wanted, actual)
                || string.Equals(wanted.ToString(), actual?.ToString(), StringComparison.OrdinalIgnoreCase),
        };
}
