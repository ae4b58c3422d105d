using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge;

/// <summary>Reads <c>outputs</c>: <c>[{id, type, chip, line, active, idle}]</c>.</summary>
internal static class OutputSettings
{
    public static IReadOnlyList<OutputSpec> Read(SettingsSection settings)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        return [.. settings.Children("outputs").Select(section => Output(section, ids))];
    }

    private static OutputSpec Output(SettingsSection section, HashSet<string> ids)
    {
        section.AllowOnly(["id", "type", "idle", .. LineSettings.OutputKeys]);
        var id = section.Id(ids);
        var type = section.Text("type") ?? "";
        if (!OutputTypes.Names.Contains(type)) section.Mistake("type", type, $"one of {string.Join(", ", OutputTypes.Names)}");
        return new OutputSpec
        {
            Id = id,
            Type = type,
            Line = LineSettings.Output(section),
            IsOnWhenIdle = section.Choice("idle", false, ("off", false), ("on", true)),
        };
    }
}
