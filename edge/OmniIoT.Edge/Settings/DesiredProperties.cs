using System.Text.Json.Nodes;
using OmniIoT.Edge.Outputs;

namespace OmniIoT.Edge.Settings;

/// <summary>Brings the twin's desired properties into force and says what came of it.</summary>
internal sealed class DesiredProperties(LiveSettings settings, OutputBank outputs)
{
    private HashSet<string> _told = [];

    /// <summary>
    /// Applies what is understood and possible; the rest stays as it was and stands under <c>errors</c>, by its place. The
    /// merge patch to report; a mistake that is gone is null in it.
    /// </summary>
    public JsonObject Apply(JsonObject desired)
    {
        SortedDictionary<string, string> errors = new(StringComparer.Ordinal);
        settings.Apply(desired, errors);
        outputs.Apply(desired, errors);
        JsonObject reported = ToReported();
        JsonObject changes = new JsonObject(_told.Except(errors.Keys).Select(gone => KeyValuePair.Create(gone, (JsonNode?)null)));
        foreach ((string? place, string? error) in errors)
            changes[place] = error;
        if (changes.Count > 0)
            reported["errors"] = changes;
        _told = [.. errors.Keys];
        return reported;
    }

    /// <summary>What is in force.</summary>
    public JsonObject ToReported() =>
        new() { [LiveSettings.Sampling] = settings.ToReported(), [OutputBank.Property] = outputs.ToReported() };
}
