using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Devices;

namespace OmniIoT.Domain.Text;

/// <summary>
/// A text with <c>{{names}}</c> in it, parsed once and rendered often. A name that the place of use does not know is a mistake
/// at parsing, so that no customer ever reads a placeholder. There is no escape: a text cannot contain two opening braces.
/// </summary>
public sealed class Template
{
    /// <summary>Of a filled text, in UTF-16 code units: as much as a message may have. What is more is cut.</summary>
    public const int MostFilled = 10_000;

    /// <summary>After so many mistakes the rest of a text is not looked at.</summary>
    public const int MostMistakes = 20;

    private const string Opening = "{{";
    private const string Closing = "}}";

    private readonly IReadOnlyList<Part> _parts;

    private Template(string source, IReadOnlyList<Part> parts) => (Source, _parts) = (source, parts);

    /// <summary>The template that renders to nothing.</summary>
    public static Template Empty { get; } = new("", []);

    /// <summary>The text as it was written.</summary>
    public string Source { get; }

    /// <summary>Parses a text.</summary>
    /// <param name="source">The text; blanks around a name within the braces are allowed.</param>
    /// <param name="knownNames">The names that may stand in it, see <see cref="TemplateNames"/>.</param>
    /// <param name="pointer">The JSON pointer of the text in its document, for the mistakes.</param>
    /// <param name="isKnown">Whether a name that is not among them may stand there as well; null: none may.</param>
    /// <returns>
    /// The template, or a mistake for every unknown name and for a brace that is never closed, as far as it was looked at.
    /// </returns>
    public static DocumentReading<Template> Parse(
        string source,
        IReadOnlySet<string> knownNames,
        string pointer = "",
        Func<string, bool>? isKnown = null
    )
    {
        List<Part> parts = [];
        List<FieldMistake> mistakes = [];
        int at = 0;
        while (at < source.Length && mistakes.Count < MostMistakes)
        {
            int open = source.IndexOf(Opening, at, StringComparison.Ordinal);
            int literalEnd = open < 0 ? source.Length : open;
            if (literalEnd > at)
                parts.Add(new Part(source[at..literalEnd], IsName: false));
            if (open < 0)
                break;

            int close = source.IndexOf(Closing, open + Opening.Length, StringComparison.Ordinal);
            if (close < 0)
            {
                mistakes.Add(new FieldMistake(pointer, Sentence.Of(MistakeKinds.OpenBraces, ("at", open + 1))));
                break;
            }

            string name = source[(open + Opening.Length)..close].Trim();
            if (!knownNames.Contains(name) && isKnown?.Invoke(name) is not true)
                mistakes.Add(new FieldMistake(pointer, UnknownName(name, open + 1, knownNames)));
            parts.Add(new Part(name, IsName: true));
            at = close + Closing.Length;
        }

        return mistakes.Count > 0 ? DocumentReading.Refused<Template>(mistakes) : DocumentReading.Of(new Template(source, parts));
    }

    /// <summary>
    /// The text with every name replaced; a name without a value becomes nothing. A value may stand in it hundreds of times, so what would
    /// be longer than <see cref="MostFilled"/> ends with an ellipsis.
    /// </summary>
    public string Render(IReadOnlyDictionary<string, string?> values)
    {
        StringBuilder text = new();
        for (int i = 0; i < _parts.Count && text.Length <= MostFilled; i++)
            text.Append(_parts[i].IsName ? values.GetValueOrDefault(_parts[i].Text) : _parts[i].Text);
        return TextCut.Shortened(text.ToString(), MostFilled);
    }

    public override string ToString() => Source;

    private static Sentence UnknownName(string name, int at, IReadOnlySet<string> known)
    {
        JsonArray places = [.. known.Order(StringComparer.Ordinal).Select(other => (JsonNode?)InBraces(other))];
        return Sentence.Of(MistakeKinds.UnknownPlaceholder, ("name", InBraces(name)), ("at", at), ("known", places));
    }

    private static string InBraces(string name) => $"{{{{{name}}}}}";

    private readonly record struct Part(string Text, bool IsName);
}
