using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Settings;

/// <summary>Reads where a line is and what its levels mean.</summary>
internal static class LineSettings
{
    // More than any chip that the kernel knows has.
    private const int MostLines = 1024;

    public static readonly string[] InputKeys = ["chip", "line", "active", "debounce"];

    /// <summary>Of a button beside the others.</summary>
    public const string Resistor = "resistor";

    /// <summary>A button closes to ground and bounces; a detector drives its line both ways.</summary>
    public static LineSpec Input(SettingsSection section, string type)
    {
        bool isContact = type == "button";
        return Line(section, "gpiochip0") with
        {
            IsActiveLow = IsActiveLow(section, isContact),
            HasExternalResistor = section.Choice(Resistor, false, ("internal", false), ("external", true)),
            Debounce = section.Span("debounce", isContact ? LineSpec.ContactDebounce : TimeSpan.Zero),
        };
    }

    public static LineSpec Output(SettingsSection section, string standardChip) =>
        Line(section, standardChip) with
        {
            IsActiveLow = IsActiveLow(section, standard: false),
        };

    private static LineSpec Line(SettingsSection section, string standardChip)
    {
        if (section.Text("line") is null)
            section.Mistake("line", null, "the number of a line of the chip");
        return new LineSpec
        {
            Number = section.Whole("line", 0, MostLines - 1) ?? 0,
            // The bus of a sensor on a line is its chip.
            Chip = section.Text("chip") ?? section.Text("bus") ?? standardChip,
        };
    }

    private static bool IsActiveLow(SettingsSection section, bool standard) =>
        section.Choice("active", standard, ("low", true), ("high", false));
}
