using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Tests.Text;

/// <summary>A text with names in it costs what a message may cost, whatever stands in it and however often.</summary>
public sealed class TemplateTests
{
    private static readonly IReadOnlySet<string> Names = new HashSet<string> { "n" };

    [Fact]
    public void What_would_be_longer_than_a_message_is_cut()
    {
        Template template = Template.Parse(string.Concat(Enumerable.Repeat("{{n}}", 2_000)), Names).Value!;

        string filled = template.Render(new Dictionary<string, string?> { ["n"] = new string('x', 4_096) });

        Assert.Equal(Template.MostFilled, filled.Length);
        Assert.EndsWith("x…", filled, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_as_long_is_whole()
    {
        Template template = Template.Parse("{{n}}.", Names).Value!;

        string filled = template.Render(new Dictionary<string, string?> { ["n"] = new string('x', Template.MostFilled - 1) });

        Assert.Equal(new string('x', Template.MostFilled - 1) + ".", filled);
    }

    [Fact]
    public void So_many_mistakes_of_a_text_are_told()
    {
        string source = string.Concat(Enumerable.Repeat("{{unknown}}", 50_000));

        Assert.Equal(Template.MostMistakes, Template.Parse(source, Names).Mistakes.Count);
    }
}
