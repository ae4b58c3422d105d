namespace OmniIoT.Domain.Calls;

/// <summary>Finds words in what somebody said.</summary>
internal static class SpokenWords
{
    /// <summary>Whether the phrase stands in the speech as whole words, whatever the case.</summary>
    public static bool Has(string speech, string phrase)
    {
        string wanted = phrase.Trim();
        if (wanted.Length == 0)
            return false;
        for (int at = 0; (at = speech.IndexOf(wanted, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            int end = at + wanted.Length;
            if ((at == 0 || !char.IsLetterOrDigit(speech[at - 1])) && (end == speech.Length || !char.IsLetterOrDigit(speech[end])))
                return true;
        }
        return false;
    }
}
