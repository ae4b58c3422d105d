using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk.Calendars;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Desk.Sla;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Desk;

/// <summary>Reads queues, calendars and policies from JSON; each is accepted, or refused whole with every mistake.</summary>
public static class DeskReader
{
    private const int MaxLength = 200;
    private const int MaxEntries = 1_000;
    private const int MaxDays = 366;

    /// <summary>Reads <c>{"name","skills","calendar","sla","overflow":{"afterSeconds","queue"}}</c>; without a name it is the id.</summary>
    public static DocumentReading<Queue> ReadQueue(string id, JsonElement document) =>
        DocumentReading.Of(
            document,
            ["id", "name", "skills", "calendar", "sla", "overflow"],
            fields => new Queue(
                id,
                fields.Text("name", MaxLength) ?? id,
                fields.Texts("skills", MaxEntries, MaxLength),
                fields.Text("calendar", MaxLength),
                fields.Text("sla", MaxLength),
                ReadOverflow(id, fields.Object("overflow"))
            )
        );

    /// <summary>
    /// Reads <c>{"name","timeZone","hours":[{"days":["mon"],"from":"09:00","to":"24:00"}],"holidays":["2026-12-31"]}</c>. Without days it
    /// is every day; hours do not run over midnight.
    /// </summary>
    public static DocumentReading<WorkingCalendar> ReadCalendar(string id, JsonElement document) =>
        DocumentReading.Of(
            document,
            ["id", "name", "timeZone", "hours", "holidays"],
            fields => new WorkingCalendar(id, ReadZone(fields), ReadHours(fields), ReadHolidays(fields), fields.Text("name", MaxLength))
        );

    /// <summary>
    /// Reads
    /// <c>{"name","firstResponse":"15m","nextResponse","resolution":"2d","calendar","pauseOn":["pending"],"byPriority":{"urgent":{…}}}</c>;
    /// what is missing is not promised. Without <c>pauseOn</c> it stands still while pending or snoozed.
    /// </summary>
    public static DocumentReading<SlaPolicy> ReadSla(string id, JsonElement document) =>
        DocumentReading.Of(
            document,
            ["id", "name", "firstResponse", "nextResponse", "resolution", "calendar", "pauseOn", "byPriority"],
            fields => new SlaPolicy(
                id,
                fields.Text("name", MaxLength),
                ReadTimes(fields),
                fields.Text("calendar", MaxLength),
                fields.Has("pauseOn") ? [.. fields.Choices("pauseOn", Enum.GetValues<SlaPause>()).Distinct()] : SlaTerms.DefaultPauses,
                ReadByPriority(fields.Object("byPriority"))
            )
        );

    private static QueueOverflow? ReadOverflow(string id, JsonFields? fields)
    {
        if (fields is null)
            return null;
        fields.RefuseOthers("afterSeconds", "queue");
        long? after = fields.Whole("afterSeconds", 1, (long)WorkingSpan.Longest.TotalSeconds);
        if (!fields.Has("afterSeconds"))
            fields.RefuseAs("afterSeconds", MistakeKinds.Required);
        string? queue = fields.RequiredText("queue", MaxLength);
        if (queue == id)
            fields.RefuseAs("queue", MistakeKinds.OverflowToItself);
        return new QueueOverflow((int)(after ?? 1), queue ?? "");
    }

    private static TimeZoneInfo ReadZone(JsonFields fields)
    {
        if (fields.RequiredText("timeZone", MaxLength) is not { } name)
            return TimeZoneInfo.Utc;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone))
            return zone;
        fields.RefuseAs("timeZone", MistakeKinds.TimeZone);
        return TimeZoneInfo.Utc;
    }

    private static IReadOnlyList<WorkingHours> ReadHours(JsonFields fields)
    {
        IReadOnlyList<JsonFields> entries = fields.Objects("hours");
        if (entries.Count == 0 && !fields.HasMistakes)
            fields.RefuseAs("hours", MistakeKinds.NoHours);
        if (entries.Count > MaxEntries)
            fields.RefuseAs("hours", MistakeKinds.TooMany, ("max", MaxEntries));
        return [.. entries.Take(MaxEntries).Select(ReadHours)];

        static WorkingHours ReadHours(JsonFields entry)
        {
            entry.RefuseOthers("days", "from", "to");
            IReadOnlyList<DayOfWeek> days = entry.Days("days");
            TimeSpan from = (entry.TimeOfDay("from") ?? TimeOnly.MinValue).ToTimeSpan();
            // Midnight as an end is that of the day's end.
            TimeSpan to = entry.TimeOfDay("to") is { Ticks: > 0 } end ? end.ToTimeSpan() : TimeSpan.FromDays(1);
            if (from >= to)
                entry.RefuseAs("to", MistakeKinds.HoursEndEarly);
            return new WorkingHours((days.Count == 0 ? Enum.GetValues<DayOfWeek>() : days).ToFrozenSet(), from, to);
        }
    }

    private static FrozenSet<DateOnly> ReadHolidays(JsonFields fields)
    {
        HashSet<DateOnly> holidays = [];
        int i = 0;
        foreach (string text in fields.Texts("holidays"))
        {
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
                holidays.Add(day);
            else
                fields.Refuse([new FieldMistake($"{fields.PointerTo("holidays")}/{i}", Sentence.Of(MistakeKinds.Date))]);
            i++;
        }
        if (holidays.Count > MaxEntries)
            fields.RefuseAs("holidays", MistakeKinds.TooMany, ("max", MaxEntries));
        return holidays.ToFrozenSet();
    }

    private static SlaTimes ReadTimes(JsonFields fields) =>
        new(ReadSpan(fields, "firstResponse"), ReadSpan(fields, "nextResponse"), ReadSpan(fields, "resolution"));

    private static WorkingSpan? ReadSpan(JsonFields fields, string name)
    {
        if (fields.Text(name, MaxLength) is not { } text)
            return null;
        if (WorkingSpan.TryParse(text, out WorkingSpan span))
            return span;
        fields.RefuseAs(name, MistakeKinds.WorkingSpan, ("max", MaxDays));
        return null;
    }

    private static FrozenDictionary<CasePriority, SlaTimes> ReadByPriority(JsonFields? fields)
    {
        if (fields is null)
            return FrozenDictionary<CasePriority, SlaTimes>.Empty;
        Dictionary<CasePriority, SlaTimes> times = [];
        CasePriority[] priorities = Enum.GetValues<CasePriority>();
        fields.RefuseOthers([.. priorities.Select(NameOf)]);
        foreach (CasePriority priority in priorities)
        {
            if (fields.Object(NameOf(priority)) is not { } special)
                continue;
            special.RefuseOthers("firstResponse", "nextResponse", "resolution");
            times[priority] = ReadTimes(special);
        }
        return times.ToFrozenDictionary();
    }

    private static string NameOf(CasePriority priority) => JsonNamingPolicy.CamelCase.ConvertName(priority.ToString());
}
