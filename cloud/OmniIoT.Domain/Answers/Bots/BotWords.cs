using System.Globalization;
using System.Text.Json;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Answers.Bots;

/// <summary>What bots and voice menus say by themselves, in the languages of <see cref="Locales"/>.</summary>
internal static class BotWords
{
    private const string Resource = "words.json";

    private static readonly Dictionary<string, Dictionary<string, string>> Words = Read();

    public static string Of(string key, string locale, params ReadOnlySpan<(string Name, string Value)> values)
    {
        string text = Words[key][locale];
        foreach ((string name, string value) in values)
            text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        return text;
    }

    /// <summary>That a device is in trouble: which, what, since when.</summary>
    public static string Reports(DeviceReport device, DeviceAlarm alarm, BotQuestion question) =>
        Of(
            "reports",
            question.Locale,
            ("device", device.Name),
            ("alarm", alarm.Type),
            ("time", TimeOf(alarm.Since, question.Now, question.Zone))
        );

    /// <summary>How the devices of who asks are, each in a line.</summary>
    public static string OfDevices(BotQuestion question) =>
        string.Join(
            "\n",
            question.Devices.Select(device =>
                device.Alarm is { } alarm ? Reports(device, alarm, question) : Of("isWell", question.Locale, ("device", device.Name))
            )
        );

    /// <summary>The time of today, else with its day.</summary>
    private static string TimeOf(Instant at, Instant now, TimeZoneInfo zone)
    {
        DateTimeOffset then = TimeZoneInfo.ConvertTime(at.ToDateTimeOffset(), zone);
        DateTimeOffset today = TimeZoneInfo.ConvertTime(now.ToDateTimeOffset(), zone);
        return then.ToString(then.Date == today.Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        using Stream stream = typeof(BotWords).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream)!;
    }
}
