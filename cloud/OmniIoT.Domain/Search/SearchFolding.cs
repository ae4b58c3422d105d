using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace OmniIoT.Domain.Search;

/// <summary>
/// The one form in which texts are compared in searching, whichever store has them: without case, without marks above and below
/// letters, letters that stand for each other as one (<c>İsmayıl</c>, <c>ismayil</c>; <c>José</c>, <c>jose</c>; Arabic and Persian
/// yeh and kaf; <c>և</c>, <c>եվ</c>; both sigmas), digits of any script as 0–9. Words are letters and digits; all else stands between them.
/// </summary>
public static class SearchFolding
{
    /// <summary>Rises when a text folds differently: what is indexed by an earlier one is indexed anew at start.</summary>
    public const int Version = 1;

    /// <summary>What follows in a longer word is not searched.</summary>
    public const int LongestWord = 64;

    private const char Tatweel = 'ـ';

    private static readonly FrozenDictionary<char, string> Alike = FoldingTable
        .Rows.SelectMany(row => row.Letters.Select(letter => KeyValuePair.Create(letter, row.Folded)))
        .DistinctBy(pair => pair.Key)
        .ToFrozenDictionary();

    /// <summary>The words of a text in their order.</summary>
    public static IEnumerable<FoldedWord> Words(string text)
    {
        StringBuilder word = new();
        int start = 0;
        for (int at = 0; at < text.Length; )
        {
            _ = Rune.TryGetRuneAt(text, at, out Rune rune);
            int length = rune.Value == 0 ? 1 : rune.Utf16SequenceLength;
            Part part = PartOf(rune, inWord: word.Length > 0);
            if (part == Part.Between && word.Length > 0)
            {
                yield return new FoldedWord(Cut(word), start, at);
                word.Clear();
            }
            else if (part == Part.Word)
            {
                if (word.Length == 0)
                    start = at;
                Fold(rune, word);
            }
            at += length;
        }
        if (word.Length > 0)
            yield return new FoldedWord(Cut(word), start, text.Length);
    }

    private enum Part
    {
        Between,
        Word,
        Nothing,
    }

    private static Part PartOf(Rune rune, bool inWord)
    {
        if (rune.IsAscii)
        {
            if (Rune.IsLetterOrDigit(rune))
                return Part.Word;
            return rune.Value == '\'' && inWord ? Part.Nothing : Part.Between;
        }
        if (IsMark(rune.Value) || rune.Value == Tatweel)
            return Part.Nothing;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter
            or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.LetterNumber
            or UnicodeCategory.OtherNumber
            or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark => Part.Word,
            UnicodeCategory.Format => Part.Nothing,
            UnicodeCategory.ModifierLetter => Part.Nothing,
            UnicodeCategory.FinalQuotePunctuation => rune.Value == '’' && inWord ? Part.Nothing : Part.Between,
            _ => Part.Between,
        };
    }

    /// <summary>Marks that people leave out. Those of other scripts are vowels, and make words different.</summary>
    private static bool IsMark(int value) =>
        value
            is (>= 0x0300 and <= 0x036F)
                or (>= 0x0483 and <= 0x0487)
                or (>= 0x0591 and <= 0x05C7)
                or (>= 0x0610 and <= 0x061A)
                or (>= 0x064B and <= 0x065F)
                or 0x0670
                or (>= 0x06D6 and <= 0x06ED)
                or (>= 0x1AB0 and <= 0x1AFF)
                or (>= 0x1DC0 and <= 0x1DFF)
                or (>= 0x20D0 and <= 0x20FF)
                or (>= 0xFE20 and <= 0xFE2F);

    private static void Fold(Rune rune, StringBuilder word)
    {
        if (rune.IsAscii)
        {
            word.Append(char.ToLowerInvariant((char)rune.Value));
            return;
        }
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
        {
            word.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            return;
        }
        Rune lower = Rune.ToLowerInvariant(rune);
        if (lower.IsBmp && Alike.TryGetValue((char)lower.Value, out string? folded))
            word.Append(folded);
        else
            word.Append(lower.ToString());
    }

    /// <summary>Between letters: half of one is no text, and no store takes it.</summary>
    private static string Cut(StringBuilder word)
    {
        if (word.Length <= LongestWord)
            return word.ToString();
        return word.ToString(0, char.IsLowSurrogate(word[LongestWord]) ? LongestWord - 1 : LongestWord);
    }
}
