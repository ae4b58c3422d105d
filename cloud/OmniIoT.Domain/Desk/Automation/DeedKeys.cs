namespace OmniIoT.Domain.Desk.Automation;

/// <summary>The last deeds that were done by letter, so that a letter that comes twice does nothing twice.</summary>
internal static class DeedKeys
{
    /// <summary>A letter comes again within minutes, behind few others.</summary>
    private const int Most = 16;

    public static bool HasDone(this IReadOnlyList<string> done, string? key) => key is not null && done.Contains(key);

    public static IReadOnlyList<string> And(this IReadOnlyList<string> done, string? key) =>
        key is null ? done : [.. done.Append(key).TakeLast(Most)];
}
