using System.Text;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Mqtt.Tests;

public sealed class TopicFilterTests
{
    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/B", false)]
    [InlineData("a/b", "a", false)]
    [InlineData("a/b", "a/b/c", false)]
    [InlineData("#", "a/b/c", true)]
    [InlineData("#", "/", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("a/#", "ab", false)]
    [InlineData("a/+/#", "a", false)]
    [InlineData("a/+/#", "a/b", true)]
    [InlineData("+", "a", true)]
    [InlineData("+", "/a", false)]
    [InlineData("+", "a/", false)]
    [InlineData("/+", "/a", true)]
    [InlineData("+/+", "/a", true)]
    [InlineData("a/+", "a/", true)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/+/c", "a/b/c", true)]
    [InlineData("a/+/c", "a//c", true)]
    [InlineData("a/+/c", "a/b/d", false)]
    [InlineData("#", "$SYS/x", false)]
    [InlineData("+/x", "$SYS/x", false)]
    [InlineData("$SYS/#", "$SYS/x", true)]
    [InlineData("$SYS/+", "$SYS/x", true)]
    [InlineData("a/#", "a/$b", true)]
    [InlineData("$share/g/a/+", "a/b", true)]
    [InlineData("$share/g/a/+", "$share/g/a/b", false)]
    [InlineData("$share/g/#", "$SYS/x", false)]
    public void A_topic_matches_as_the_statement_says(string filter, string topic, bool matches) =>
        Assert.Equal(matches, TopicFilter.Parse(filter).Matches(Encoding.UTF8.GetBytes(topic)));

    [Theory]
    [InlineData("")]
    [InlineData("a/#/b")]
    [InlineData("a#")]
    [InlineData("#/a")]
    [InlineData("a+/b")]
    [InlineData("+a")]
    [InlineData("a\0")]
    [InlineData("$share")]
    [InlineData("$share/")]
    [InlineData("$share/g")]
    [InlineData("$share/g/")]
    [InlineData("$share//a")]
    [InlineData("$share/+/a")]
    [InlineData("$share/g#/a")]
    [InlineData("$share/g/a+")]
    public void An_invalid_filter_is_not_parsed(string filter) => Assert.False(TopicFilter.TryParse(filter, out _));

    [Fact]
    public void A_lone_surrogate_is_no_filter() => Assert.False(TopicFilter.TryParse("a" + (char)0xD800, out _));

    [Fact]
    public void A_shared_filter_knows_its_group()
    {
        TopicFilter filter = TopicFilter.Parse("$share/blue/a/#");

        Assert.True(filter.IsShared);
        Assert.Equal("blue", filter.ShareName);
        Assert.Equal("a/#"u8.ToArray(), filter.MatchedUtf8.ToArray());
        Assert.Equal("$share/blue/a/#", filter.Value);
    }

    [Fact]
    public void A_filter_may_take_65535_bytes_and_no_more()
    {
        Assert.True(TopicFilter.TryParse(new string('a', 65_535), out _));
        Assert.False(TopicFilter.TryParse(new string('a', 65_536), out _));
    }

    [Fact]
    public void Matching_agrees_with_a_naive_oracle_on_random_filters_and_topics()
    {
        Random random = new(7);
        for (int round = 0; round < 50_000; round++)
        {
            string topic = RandomText(random, ["a", "b", "", "$x"]);
            string text = RandomText(random, ["a", "b", "", "+", "#", "$x"]);
            if (topic.Length == 0 || !TopicFilter.TryParse(text, out TopicFilter? filter))
                continue;

            Assert.True(Oracle(text, topic) == filter.Matches(Encoding.UTF8.GetBytes(topic)), $"filter '{text}', topic '{topic}'");
        }
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("/", true)]
    [InlineData("a b/$c", true)]
    [InlineData("", false)]
    [InlineData("a/+", false)]
    [InlineData("#", false)]
    [InlineData("a\0", false)]
    [InlineData("a\u0001", false)]
    [InlineData("a\u001f", false)]
    [InlineData("a ", true)]
    [InlineData("a~", true)]
    [InlineData("a\u007f", false)]
    [InlineData("\u0080a", false)]
    [InlineData("ab\u009f", false)]
    [InlineData("a\u00a0\u00bf", true)]
    [InlineData("\u00a0\u0085", false)]
    public void A_topic_name_is_checked(string name, bool valid) => Assert.Equal(valid, TopicName.IsValid(name));

    private static string RandomText(Random random, string[] levels) =>
        string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => levels[random.Next(levels.Length)]));

    private static bool Oracle(string filter, string topic)
    {
        if (topic[0] == '$' && filter[0] is '+' or '#')
            return false;
        return MatchLevels(filter.Split('/'), topic.Split('/'));
    }

    private static bool MatchLevels(string[] filter, string[] topic) =>
        (filter, topic) switch
        {
            (["#"], _) => true,
            ([], []) => true,
            ([], _) or (_, []) => false,
            _ => (filter[0] == "+" || filter[0] == topic[0]) && MatchLevels(filter[1..], topic[1..]),
        };
}
