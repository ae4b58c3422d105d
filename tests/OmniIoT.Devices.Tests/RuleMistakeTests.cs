using System.Reflection;
using System.Text;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Rules.Syntax;

namespace OmniIoT.Devices.Tests;

public sealed class RuleMistakeTests
{
    [Theory]
    [InlineData("t >", 4, "the end of the rule stands where a metric")]
    [InlineData("t > > 5", 5, "'>' stands where a metric")]
    [InlineData("> 5", 1, "'>' stands where a metric")]
    [InlineData("t > 5 5", 7, "'5' stands where the end of the rule or an operator")]
    [InlineData("(t > 5", 7, "the end of the rule stands where ')'")]
    [InlineData("t = 5", 3, "equality is '=='")]
    [InlineData("!t", 1, "negation is 'not'")]
    [InlineData("t > 5 & p > 1", 7, "'&' has no meaning")]
    [InlineData("door == 'open", 9, "no closing quote")]
    [InlineData("`t > 5", 1, "the name that begins here has no closing quote")]
    [InlineData("`Inputs/t` > 5", 1, "no metric 'Inputs/t'")]
    [InlineData("temp > 80", 1, "no metric 'temp'; its metrics are: t, p, door, x")]
    [InlineData("t > 'hot'", 3, "a number cannot be compared with a text")]
    [InlineData("door > 5", 6, "a text cannot be compared with a number")]
    [InlineData("door == true", 6, "a text cannot be compared with a condition")]
    [InlineData("door < 'open'", 6, "'<' compares numbers")]
    [InlineData("door == 'ajar'", 9, "its values are: open, closed")]
    [InlineData("t", 1, "a condition is expected here, not a number")]
    [InlineData("t + 1", 3, "a condition is expected here, not a number")]
    [InlineData("'open'", 1, "a condition is expected here, not a text")]
    [InlineData("t > 5 + door", 9, "a number is expected here, not a text")]
    [InlineData("t > 80 and p", 12, "a condition is expected here")]
    [InlineData("1 < t < 5", 7, "cannot be compared")]
    [InlineData("t > 80 for", 11, "the end of the rule stands where a duration")]
    [InlineData("t > 80 for 30", 12, "'30' is no duration")]
    [InlineData("t > 80 for 30x", 12, "'30x' is no duration")]
    [InlineData("t > 80 for 0s", 12, "'0s' is no duration")]
    [InlineData("t > 80 for ever", 12, "'ever' stands where a duration")]
    [InlineData("t > 80 for 1s and p > 1 or x", 25, "parentheses are needed")]
    [InlineData("silent for 5m for 1m", 15, "already says for how long")]
    [InlineData("event(E42)", 1, "event takes one text")]
    [InlineData("event()", 1, "event takes one text")]
    [InlineData("median(t, 5m) > 3", 1, "'median' is no function")]
    [InlineData("avg(t) > 3", 1, "avg takes a metric and a duration, as avg(temperature, 5m)")]
    [InlineData("avg(t, 5) > 3", 1, "avg takes a metric and a duration")]
    [InlineData("avg(t + p, 5m) > 3", 1, "avg takes a metric and a duration")]
    [InlineData("avg(t, 0s) > 3", 8, "'0s' is no duration")]
    [InlineData("t > 1 and max(u, 5m) > 3", 15, "no metric 'u'")]
    [InlineData("rate(door, 5m) > 3", 6, "'door' is none")]
    [InlineData("avg(event('E42'), 1h) > 3", 1, "avg takes a metric and a duration")]
    [InlineData("count(event('E42')) > 3", 1, "or count(event('E42'), 1h)")]
    [InlineData("count(reported.a, 1h) > 3", 7, "'reported.a' is none")]
    [InlineData("avg(t, 5m)", 1, "a condition is expected here, not a number")]
    [InlineData("avg(t, 5m) == 'hot'", 12, "a number cannot be compared with a text")]
    [InlineData("anomaly(door) > 0.9", 9, "'door' is none")]
    [InlineData("anomaly(u) > 0.9", 9, "no metric 'u'")]
    [InlineData("anomaly(5) > 0.9", 1, "anomaly takes one metric")]
    [InlineData("anomaly(t)", 1, "a condition is expected here, not a number")]
    [InlineData("reported. == 1", 1, "no metric 'reported.'")]
    [InlineData("1.2.3 < t", 1, "'1.2.3' is no number")]
    [InlineData("1e999 < t", 1, "'1e999' is no number")]
    public void A_mistake_stands_at_its_place(string when, int column, string message)
    {
        Mistake mistake = Assert.Single(MistakesOf(when));

        Assert.Equal("/rules/0/when", mistake.Pointer);
        Assert.Equal((1, column), (mistake.Line, mistake.Column));
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(mistake.Message, FilledWords.Of(RuleMistakeKinds.English[mistake.Kind!], mistake.Values!));
    }

    [Fact]
    public void A_mistake_is_told_as_kind_and_values_so_that_each_reader_has_it_in_their_language()
    {
        Mistake mistake = Assert.Single(MistakesOf("temp > 80"));

        Assert.Equal("mistake.ruleUnknownMetric", mistake.Kind);
        Assert.Equal("""{"metric":"temp","known":["t","p","door","x"]}""", mistake.Values!.ToJsonString());
        Assert.Equal("\U0001F525", (string?)Assert.Single(MistakesOf("t > \U0001F525")).Values!["found"]);
    }

    [Fact]
    public void Every_kind_has_its_words() =>
        Assert.Equal(
            typeof(RuleMistakeKinds)
                .GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (string)field.GetRawConstantValue()!)
                .Order(),
            RuleMistakeKinds.English.Keys.Order()
        );

    [Fact]
    public void Every_mistake_of_meaning_is_named()
    {
        IReadOnlyList<Mistake> mistakes = MistakesOf("temp > 80\n  and door == 'ajar'");

        Assert.Equal([(1, 1), (2, 15)], mistakes.Select(mistake => (mistake.Line, mistake.Column)));
    }

    [Fact]
    public void Nesting_and_length_have_limits()
    {
        Assert.Contains("deeper", Assert.Single(MistakesOf(new string('(', 10_00) + "t > 1")).Message, StringComparison.Ordinal);
        Assert.Contains("4000", Assert.Single(MistakesOf("t > 1" + new string(' ', 4000))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_makes_the_reader_throw()
    {
        string[] pieces =
        [
            "t",
            "p",
            "door",
            "x",
            "'open'",
            "5",
            "30s",
            "(",
            ")",
            ",",
            "<",
            ">=",
            "==",
            "+",
            "-",
            "*",
            "/",
            "and",
            "or",
            "not",
            "for",
            "silent",
            "event",
            "reported.a",
            "true",
            "avg",
            "count(",
            "'",
            "=",
            "é",
        ];
        Random random = new(11);
        for (int i = 0; i < 5000; i++)
        {
            string text = string.Join(
                random.Next(2) == 0 ? " " : "",
                Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)])
            );
            IReadOnlyList<Mistake> mistakes = MistakesOf(text);
            Assert.All(mistakes, mistake => Assert.InRange(mistake.Column, 1, text.Length + 1));
        }
    }

    private static IReadOnlyList<Mistake> MistakesOf(string when) =>
        DeviceModelReader
            .Read(
                Encoding.UTF8.GetBytes(
                    $$$"""{"id":"m","metrics":{"t":{"unit":"Cel"},"p":{"unit":"bar"},"door":{"values":["open","closed"]},"x":{}},"rules":[{"type":"r","severity":"major","when":{{{TestDevice.Quoted(when)}}}}]}"""
                )
            )
            .Mistakes;
}
