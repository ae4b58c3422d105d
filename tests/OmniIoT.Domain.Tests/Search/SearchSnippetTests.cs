using OmniIoT.Domain.Search;

namespace OmniIoT.Domain.Tests.Search;

public sealed class SearchSnippetTests
{
    [Theory]
    [InlineData("The filter was bought at Nizami", "filter niz", "filter", "Niz")]
    [InlineData("Straße 5", "stras", "Straß")]
    [InlineData("İsmayıl", "ismay", "İsmay")]
    [InlineData("Jose\u0301 came", "jose", "Jose\u0301")]
    [InlineData("+994 501234567", "34567", "34567")]
    [InlineData("a𐐨b", "a", "a")]
    [InlineData("a𐐨b", "𐐨b", "𐐨b")]
    [InlineData("nothing", "else")]
    [InlineData("line one\r\nline two", "two", "two")]
    public void What_was_found_is_told_by_its_place(string text, string query, params string[] found)
    {
        SearchSnippet snippet = SearchSnippet.Of(text, SearchQuery.Of(query));

        Assert.Equal(found, snippet.Ranges.Select(range => snippet.Text.Substring(range.Start, range.Length)));
    }

    [Fact]
    public void A_long_text_is_cut_around_the_first_find()
    {
        string text =
            string.Concat(Enumerable.Repeat("many words before ", 50)) + "needle" + string.Concat(Enumerable.Repeat(" after", 50));

        SearchSnippet snippet = SearchSnippet.Of(text, SearchQuery.Of("needle"));

        Assert.StartsWith("…", snippet.Text, StringComparison.Ordinal);
        Assert.EndsWith("…", snippet.Text, StringComparison.Ordinal);
        Assert.InRange(snippet.Text.Length, 100, SearchSnippet.Longest + 2);
        SearchRange range = Assert.Single(snippet.Ranges);
        Assert.Equal("needle", snippet.Text.Substring(range.Start, range.Length));
    }

    [Fact]
    public void Finds_behind_the_end_of_a_snippet_are_not_told_and_a_word_without_end_is_found_by_its_beginning()
    {
        string text = new string('x', 100_000) + string.Concat(Enumerable.Repeat(" xx", 1_000));

        SearchSnippet snippet = SearchSnippet.Of(text, SearchQuery.Of("xx"));

        Assert.Equal([new SearchRange(0, 2)], snippet.Ranges);
        Assert.Equal(new string('x', SearchSnippet.Longest) + "…", snippet.Text);
    }

    [Fact]
    public void Whole_words_of_the_title_rank_before_beginnings_and_those_before_the_text()
    {
        SearchQuery query = SearchQuery.Of("wash");

        int[] ranks =
        [
            SearchRank.Of(query, "Wash", ""),
            SearchRank.Of(query, "Wash room", ""),
            SearchRank.Of(query, "Washer", ""),
            SearchRank.Of(query, "Hall", "wash"),
            SearchRank.Of(query, "Hall", "unwashed"),
        ];

        Assert.Equal(ranks.OrderDescending().Distinct(), ranks);
    }
}
