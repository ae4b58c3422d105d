namespace OmniIoT.Devices.Rules.History;

/// <summary>What the rules of a model ask of the history of each of its devices.</summary>
/// <param name="Slots">So many of the model's first metrics are looked at.</param>
/// <param name="MostReadings">In each of its two parts: so many at least are kept, or those of the reach.</param>
/// <param name="Reach">In milliseconds.</param>
/// <param name="CountsAllMessages">Messages without readings count, too, because durations run over them.</param>
internal sealed record HistoryScope(int Slots, int MostReadings, long Reach, bool CountsAllMessages)
{
    /// <summary>What a late reading may cost: so many names, numbers, operators and functions are judged again.</summary>
    private const int MostTermsJudged = 32_768;

    private const int FewestReadings = 8;
    private const int Readings = 64;

    /// <summary>In milliseconds; what comes later than this is too late.</summary>
    public const long LongestReach = 3_600_000;

    /// <summary>Late ones are kept beyond that: a buffer may be sent newest first.</summary>
    public int MostWithLate => 6 * MostReadings;

    /// <param name="rules">Of the model; null is returned when none looks at readings only.</param>
    /// <param name="terms">Names, numbers, operators and functions of all rules.</param>
    public static HistoryScope? Of(IReadOnlyList<Rule> rules, int terms)
    {
        List<Rule> judged = [.. rules.Where(rule => rule.LooksAtReadingsOnly)];
        if (judged.Count == 0)
            return null;
        return new HistoryScope(
            judged.Max(rule => rule.LastSlot) + 1,
            Math.Clamp(MostTermsJudged / Math.Max(terms, 1), FewestReadings, Readings),
            Math.Min(rules.Max(rule => rule.Reach), LongestReach),
            judged.Exists(rule => rule.HasDurations)
        );
    }
}
