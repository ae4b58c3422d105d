namespace OmniIoT.Devices;

/// <summary>Cuts texts by length, counted as .NET does, in UTF-16 code units; never between the two halves of a character.</summary>
public static class TextCut
{
    private const string Mark = "…";

    /// <summary>The beginning, or the whole of a text that is no longer.</summary>
    public static string Beginning(string text, int length) =>
        text.Length <= length ? text : text[..(IsWithinCharacter(text, length) ? length - 1 : length)];

    /// <summary>The beginning with an ellipsis that counts too, or the whole of a text that is no longer.</summary>
    /// <param name="length">At least 1.</param>
    public static string Shortened(string text, int length) => text.Length <= length ? text : Beginning(text, length - Mark.Length) + Mark;

    /// <summary>The end, or the whole of a text that is no longer.</summary>
    public static string End(string text, int length)
    {
        int from = text.Length - length;
        return from <= 0 ? text : text[(IsWithinCharacter(text, from) ? from + 1 : from)..];
    }

    private static bool IsWithinCharacter(string text, int at) =>
        at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]);
}
