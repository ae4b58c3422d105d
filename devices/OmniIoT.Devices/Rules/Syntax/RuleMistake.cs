using System.Text.Json.Nodes;

namespace OmniIoT.Devices.Rules.Syntax;

/// <summary>Something wrong at a place of a rule's text.</summary>
/// <param name="Kind">One of <see cref="RuleMistakeKinds"/>.</param>
/// <param name="Values">What it speaks of, by name.</param>
internal readonly record struct RuleMistake(int Position, string Kind, JsonObject Values)
{
    public static RuleMistake At(int position, string kind, params ReadOnlySpan<(string Name, JsonNode? Value)> values)
    {
        JsonObject named = [];
        foreach ((string name, JsonNode? value) in values)
            named[name] = value;
        return new RuleMistake(position, kind, named);
    }

    /// <summary>In English.</summary>
    public string Message => FilledWords.Of(RuleMistakeKinds.English[Kind], Values);
}
