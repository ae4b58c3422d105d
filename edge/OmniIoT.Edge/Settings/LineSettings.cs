using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge;

/// <summary>Reads where a line is and what its levels mean.</summary>
internal static class LineSettings
{
    // More than any chip that the kernel knows has.
    private const int MostLines = 1024;

    public static readonly string[] InputKeys = ["chip", "line", "active", "debounce"];

    public static readonly string[] OutputKeys = ["chip", "line", "active"];

    /// <summary>Of a button beside the others.</summary>
    public const string Resistor = "resistor";

    /// <summary>A button closes to ground and bounces; a detector drives its line both ways.</summary>
    public static LineSpec Input(SettingsSection section, string type)
    {
        var isContact = type == "button";
        return Line(section) with
        {
            IsActiveLow = IsActiveLow(section, isContact),
            HasExternalResistor = section.Choice(Resistor, false, ("internal", false), ("external", true)),
            Debounce = section.Span("debounce", isContact ? LineSpec.ContactDebounce : TimeSpan.Zero),
        };
    }

    public static LineSpec Output(SettingsSection section) => Line(section) with { IsActiveLow = IsActiveLow(section, standard: false) };

    private static LineSpec Line(SettingsSection section)
    {
        var line = new LineSpec { Number = section.Whole("line", 0, MostLines - 1) ?? 0 };
        if (section.Text("line") is null) section.Mistake("line", null, "the number of a line of the chip");
        // The bus of a sensor on a line is its chip.
        return (section.Text("chip") ?? section.Text("bus")) is { } chip ? line with { Chip = chip } : line;
    }

    private static bool IsActiveLow(SettingsSection section, bool standard) => section.Choice("active", standard, ("low", true), ("high", false));
}
