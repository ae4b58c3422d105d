using System.Text;

namespace OmniIoT.Devices.Tests;

public sealed class TextCutTests
{
    [Fact]
    public void A_text_is_cut_at_its_length()
    {
        Assert.Equal("abc", TextCut.Beginning("abc", 3));
        Assert.Equal("ab", TextCut.Beginning("abc", 2));
        Assert.Equal("a😀", TextCut.Beginning("a😀b", 3));
        Assert.Equal("a😀b", TextCut.Shortened("a😀b", 4));
        Assert.Equal("ab…", TextCut.Shortened("abcd", 3));
        Assert.Equal("bc", TextCut.End("abc", 2));
        Assert.Equal("a😀b", TextCut.End("a😀b", 9));
    }

    [Fact]
    public void No_character_is_halved_wherever_the_cut_falls()
    {
        const string text = "a😀字🔥🔥é😀";
        for (int length = 1; length <= text.Length; length++)
        {
            foreach (string cut in (string[])[TextCut.Beginning(text, length), TextCut.End(text, length), TextCut.Shortened(text, length)])
            {
                Assert.InRange(cut.Length, length - 1, length);
                Assert.DoesNotContain(Rune.ReplacementChar, cut.EnumerateRunes());
            }
        }
    }

    [Fact]
    public void A_text_that_came_with_half_a_character_is_cut_as_it_is() => Assert.Equal("\uD83D", TextCut.Beginning("\uD83Dab", 1));
}
