using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Settings;

/// <summary>Reads <c>outputs</c>: <c>[{id, type, chip, line, active | frequency and duty, idle}]</c>.</summary>
internal static class OutputSettings
{
    private static readonly string[] Common = ["id", "type", "idle", "chip", "line"];
    private static readonly string[] OfLine = ["active"];
    private static readonly string[] OfChannel = ["frequency", "duty"];

    public static IReadOnlyList<OutputSpec> Read(SettingsSection settings)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        return [.. settings.Children("outputs").Select(section => Output(section, ids))];
    }

    private static OutputSpec Output(SettingsSection section, HashSet<string> ids)
    {
        string id = section.Id(ids);
        string type = section.Text("type") ?? "";
        if (!OutputTypes.Names.Contains(type))
            section.Mistake("type", type, $"one of {string.Join(", ", OutputTypes.Names)}");
        int? standardHertz = OutputTypes.StandardHertzOf(type);
        section.AllowOnly([.. Common, .. standardHertz is null ? OfLine : OfChannel]);
        return new OutputSpec
        {
            Id = id,
            Type = type,
            Line = LineSettings.Output(section, standardHertz is null ? "gpiochip0" : "pwmchip0"),
            FrequencyHertz = section.Whole("frequency", 1, 1_000_000) ?? standardHertz ?? 0,
            Duty = section.Number("duty", 0.5, 0, 1),
            IsOnWhenIdle = section.Choice("idle", false, ("off", false), ("on", true)),
        };
    }
}
