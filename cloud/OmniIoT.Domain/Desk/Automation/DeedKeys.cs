namespace OmniIoT.Domain.Desk.Automation;

/// <summary>The last deeds that were done by letter, so that a letter that comes twice does nothing twice.</summary>
public static class DeedKeys
{
    /// <summary>A letter comes again within minutes, behind few others; triggers of the time are told from each other by theirs.</summary>
    private const int Most = 64;

    private const string OfTime = "time:";

    /// <summary>A trigger of the time acts once until what it acted on is opened again.</summary>
    /// <param name="reopened">How often that was.</param>
    public static string TimeKey(this Trigger trigger, int reopened = 0) => $"{OfTime}{trigger.Id}:{reopened}";

    /// <summary>Without those of the time: it begins anew.</summary>
    public static IReadOnlyList<string> Anew(this IReadOnlyList<string> done) => [.. done.Where(static key => !IsOfTime(key))];

    public static bool HasDone(this IReadOnlyList<string> done, string? key) => key is not null && done.Contains(key);

    public static IReadOnlyList<string> And(this IReadOnlyList<string> done, string? key) =>
        key is null ? done
        : IsOfTime(key) ? [.. done, key]
        : [.. done.Where(IsOfTime), .. done.Where(static one => !IsOfTime(one)).Append(key).TakeLast(Most)];

    /// <summary>Those are as many as there are triggers of the time, and are not pushed out by letters.</summary>
    private static bool IsOfTime(string key) => key.StartsWith(OfTime, StringComparison.Ordinal);
}
