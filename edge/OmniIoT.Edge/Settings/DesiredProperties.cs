using System.Text.Json.Nodes;
using OmniIoT.Devices;
using OmniIoT.Edge.Outputs;
using OmniIoT.Edge.Rules;
using OmniIoT.Edge.Updates;

namespace OmniIoT.Edge.Settings;

/// <summary>Brings the twin's desired properties into force and says what came of it.</summary>
internal sealed class DesiredProperties(LiveSettings settings, OutputBank outputs, DesiredRules rules)
{
    /// <summary>Takes another version of the agent; null: nothing does.</summary>
    public Updater? Updater { get; init; }

    /// <summary>Where they are kept over a restart; null: nowhere.</summary>
    public KeptDesired? Kept { get; init; }

    private static readonly string[] Properties = [LiveSettings.Sampling, OutputBank.Property, RuleBook.Property];

    private const string Errors = "errors";

    private const string Whole = "desired";

    // The report must stay below what the platform takes, whatever was desired.
    private const int MostErrors = 50;
    private const int LongestText = 200;

    private HashSet<string> _told = [];

    /// <summary>
    /// Applies what is understood and possible; the rest stays as it was and stands under <c>errors</c>, by its place. The
    /// merge patch to report; a mistake that is gone is null in it.
    /// </summary>
    public JsonObject Apply(JsonObject desired)
    {
        SortedDictionary<string, string> errors = new(StringComparer.Ordinal);
        string[] known = Updater is null ? Properties : [.. Properties, Firmware.Property];
        foreach ((string name, _) in desired.Where(property => !known.Contains(property.Key)))
            errors[name] = $"is no property of this agent; there are {string.Join(", ", known)}";
        if (Updater?.Want(desired[Firmware.Property]) is { } mistake)
            errors[Firmware.Property] = mistake;
        Apply(desired, errors);
        Kept?.Take(desired, Properties, errors);
        return Report(errors);
    }

    /// <summary>
    /// Brings into force what was taken before the restart. What is wrong of it by now, as a sensor that is gone, is told once the cloud
    /// desires it again.
    /// </summary>
    public void Restore() => Apply(Kept?.Current ?? [], new Dictionary<string, string>(StringComparer.Ordinal));

    private void Apply(JsonObject desired, IDictionary<string, string> errors)
    {
        settings.Apply(desired, errors);
        rules.Apply(desired, errors);
        outputs.Apply(desired, errors);
    }

    /// <summary>What is to be reported of a message that cannot be understood at all; everything stays as it was.</summary>
    public JsonObject Refuse(string reason)
    {
        _told.Add(Whole);
        return new JsonObject { [Errors] = new JsonObject { [Whole] = Shortened(reason) } };
    }

    /// <summary>What is in force.</summary>
    public JsonObject ToReported()
    {
        JsonObject reported = new() { [LiveSettings.Sampling] = settings.ToReported(), [OutputBank.Property] = outputs.ToReported() };
        if (rules.ToReported() is { } told)
            reported[RuleBook.Property] = told;
        return reported;
    }

    private JsonObject Report(IReadOnlyDictionary<string, string> errors)
    {
        Dictionary<string, string> shown = errors
            .Take(MostErrors)
            .DistinctBy(error => Shortened(error.Key))
            .ToDictionary(error => Shortened(error.Key), error => Shortened(error.Value), StringComparer.Ordinal);
        JsonObject changes = new(_told.Except(shown.Keys).Select(gone => KeyValuePair.Create(gone, (JsonNode?)null)));
        foreach ((string place, string error) in shown)
            changes[place] = error;
        JsonObject reported = ToReported();
        if (changes.Count > 0)
            reported[Errors] = changes;
        _told = [.. shown.Keys];
        return reported;
    }

    private static string Shortened(string text) => TextCut.Shortened(text, LongestText);
}
