namespace OmniIoT.Domain.Search;

/// <summary>
/// What is searched in a record: its words, each once, each between blanks, so that <c>' word '</c>, <c>' beginning'</c> and
/// <c>part</c> are found in it.
/// </summary>
public static class SearchText
{
    /// <summary>What follows in a longer text is not searched.</summary>
    public const int MostWords = 2_000;

    /// <param name="parts">Null: there is none.</param>
    public static string Of(params IEnumerable<string?> parts) => OfWords(parts.OfType<string>().SelectMany(Words));

    /// <inheritdoc cref="Of"/>
    public static string OfWords(IEnumerable<string> words)
    {
        string joined = string.Join(' ', words.Distinct(StringComparer.Ordinal).Take(MostWords));
        return joined.Length == 0 ? "" : $" {joined} ";
    }

    /// <summary>The words of a text, folded.</summary>
    public static IEnumerable<string> Words(string text) => SearchFolding.Words(text).Select(word => word.Text);
}
