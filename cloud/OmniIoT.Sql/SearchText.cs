namespace OmniIoT.Sql;

/// <summary>
/// Text that is found whatever its case. Both sides are lowered here because engines differ in what they call the same letter.
/// </summary>
internal static class SearchText
{
    public static string Of(params IEnumerable<string?> parts) =>
        string.Join('\n', parts.Where(part => !string.IsNullOrEmpty(part))).ToLowerInvariant();

    /// <summary>The pattern that matches text anywhere, for <c>LIKE … ESCAPE '\'</c>.</summary>
    public static string Pattern(string text) =>
        $"%{text.ToLowerInvariant().Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";
}
