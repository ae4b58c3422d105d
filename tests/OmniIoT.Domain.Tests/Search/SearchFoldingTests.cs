using OmniIoT.Domain.Search;

namespace OmniIoT.Domain.Tests.Search;

public sealed class SearchFoldingTests
{
    [Theory]
    [InlineData("İsmayıl", "ismayil", "ismayıl", "İSMAYIL", "ISMAYIL", "I\u0307smayıl")]
    [InlineData("Məmmədov", "MƏMMƏDOV", "memmedov", "məmmədov")]
    [InlineData("José", "jose", "JOSÉ", "Jose\u0301")]
    [InlineData("Straße", "strasse", "STRASSE")]
    [InlineData("Γιώργος", "γιωργος", "ΓΙΩΡΓΟΣ", "γιώργοσ")]
    [InlineData("Արամ և", "արամ եվ", "ԱՐԱՄ ԵՒ", "Արամ եւ")]
    [InlineData("أحمد", "احمد", "إحمد", "ٱحمد", "أَحْمَد", "أحـــمد")]
    [InlineData("مدرسة", "مدرسه")]
    [InlineData("علي", "علی", "على")]
    [InlineData("کتاب", "كتاب")]
    [InlineData("می\u200cخواهم", "میخواهم", "ميخواهم")]
    [InlineData("قیمت ۱۲۳", "قيمت 123", "قیمت ١٢٣")]
    [InlineData("O'Brien", "obrien", "O’Brien")]
    public void Letters_that_people_type_for_each_other_are_one(string text, params string[] others)
    {
        string[] words = [.. SearchText.Words(text)];

        Assert.NotEmpty(words);
        Assert.All(others, other => Assert.Equal(words, SearchText.Words(other)));
    }

    [Theory]
    [InlineData("washer-0042 / hall_B", "washer", "0042", "hall", "b")]
    [InlineData("leyla.q@example.com", "leyla", "q", "example", "com")]
    [InlineData("50 % off!", "50", "off")]
    [InlineData("🧺 \ud83e", "")]
    [InlineData("हिन्दी", "हिन्दी")]
    public void Words_are_letters_and_digits(string text, params string[] expected) =>
        Assert.Equal(expected.Where(word => word.Length > 0), SearchText.Words(text));

    [Fact]
    public void A_letter_is_folded_to_what_folds_to_itself() =>
        Assert.All(
            Enumerable.Range(1, 0xFFFF).Where(value => !char.IsSurrogate((char)value)).Select(value => ((char)value).ToString()),
            letter => Assert.All(SearchText.Words(letter), word => Assert.Equal([word], SearchText.Words(word)))
        );

    [Fact]
    public void Endless_words_and_texts_are_cut()
    {
        Assert.Equal(SearchFolding.LongestWord, SearchText.Words(new string('x', 100_000)).Single().Length);
        Assert.Equal(
            SearchText.MostWords,
            SearchText.Of(string.Join(' ', Enumerable.Range(0, 5_000))).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length
        );
    }

    [Theory]
    [InlineData("", SearchFolding.LongestWord)]
    [InlineData("a", SearchFolding.LongestWord - 1)]
    public void A_word_is_cut_between_letters_however_many_units_each_has(string before, int length)
    {
        string word = SearchText.Words(before + string.Concat(Enumerable.Repeat("𐐨", SearchFolding.LongestWord))).Single();

        Assert.Equal(length, word.Length);
        Assert.False(char.IsHighSurrogate(word[^1]));
    }

    [Theory]
    [InlineData("+994 50 123-45-67", "994501234567")]
    [InlineData("00994501234567", "00994501234567", "994501234567")]
    [InlineData("(050) 123 45 67", "0501234567", "501234567")]
    [InlineData("٠٥٠ ١٢٣ ٤٥ ٦٧", "0501234567", "501234567")]
    public void A_telephone_number_is_one_word_in_any_notation(string typed, params string[] ways) =>
        Assert.Equal(ways, Assert.Single(SearchQuery.Of(typed).Words));

    [Theory]
    [InlineData(null, 0)]
    [InlineData(" -% ", 0)]
    [InlineData("2026-11-30", 3)]
    [InlineData("a b a", 2)]
    [InlineData("1 2 3 4 5 6 7 8 9 a b c d e f", SearchQuery.MostWords)]
    public void A_query_has_each_word_once_and_few_of_them(string? typed, int words) =>
        Assert.Equal(words, SearchQuery.Of(typed).Words.Count);
}
