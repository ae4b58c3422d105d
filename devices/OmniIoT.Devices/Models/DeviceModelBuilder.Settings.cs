using System.Text.Json;

namespace OmniIoT.Devices.Models;

// What people set of a device, its desired properties. Nothing is decided by them here: whoever shows a device makes a form of them.
internal sealed partial class DeviceModelBuilder
{
    private static readonly string[] SettingTypes = ["number", "integer", "string", "boolean"];

    private static void CheckSettings(JsonNodeReader document)
    {
        if (!document.TryGet("settings", out JsonNodeReader settings))
            return;
        foreach ((string _, JsonNodeReader setting) in settings.Members("setting"))
        {
            if (!setting.IsObject("type", "unit", "values", "minimum", "maximum"))
                continue;
            setting.OptionalText("unit");
            if (
                setting.OptionalText("type") is { } type
                && !SettingTypes.Contains(type)
                && setting.TryGet("type", out JsonNodeReader wrong)
            )
                wrong.Fail($"'{type}' is no type of a setting; allowed are: {string.Join(", ", SettingTypes)}");
            CheckValues(setting);
            CheckRange(setting);
        }
    }

    private static void CheckValues(JsonNodeReader setting)
    {
        if (!setting.TryGet("values", out JsonNodeReader values))
            return;
        foreach (JsonNodeReader value in values.Items())
        {
            if (value.Element.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
                value.Fail($"a text or a number is expected, not {value.Described}");
        }
    }

    private static void CheckRange(JsonNodeReader setting)
    {
        double? minimum = setting.Number("minimum");
        if (setting.Number("maximum") < minimum && setting.TryGet("maximum", out JsonNodeReader maximum))
            maximum.Fail("the maximum is below the minimum");
    }
}
