using System.Buffers;
using MimeKit.Text;

namespace OmniIoT.Channels.Email.Reading;

/// <summary>
/// What a tree of some HTML would cost, counted from its tags alone: how deep it nests, and how many elements the standard makes anew
/// (WHATWG HTML, 13.2.4.3: what formats and was not closed is opened again in each paragraph). Never less than it is.
/// </summary>
internal sealed class TreeCost
{
    // What makes HTML safe walks the tree; people's mail programs stay far below both.
    private const int DeepestNesting = 500;
    private const int MostMadeAnew = 500_000;

    /// <summary>Elements that have no end, or that their next sibling ends.</summary>
    private static readonly HashSet<string> Flat = Names(
        "area base br col embed hr image img input link meta param source track wbr p li tr td th dd dt option"
    );

    private static readonly HashSet<string> Formatting = Names("a b big code em font i nobr s small strike strong tt u");

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private readonly Dictionary<string, int> _open = new(StringComparer.OrdinalIgnoreCase);

    private int _depth;
    private int _formatting;
    private int _madeAnew;

    private bool IsBearable => _depth <= DeepestNesting && _madeAnew <= MostMadeAnew;

    /// <summary>Whether a tree of it may be made.</summary>
    public static bool IsBearableOf(string html)
    {
        TreeCost cost = new();
        HtmlTokenizer tokens = new(new StringReader(html));
        while (cost.IsBearable && tokens.ReadNextToken(out HtmlToken? token))
            cost.Add(token);
        return cost.IsBearable;
    }

    private void Add(HtmlToken token)
    {
        _madeAnew += _formatting;
        // A slash before its end closes no element of HTML.
        if (token is HtmlTagToken { IsEndTag: false } start)
            Open(start.Name);
        else if (token is HtmlTagToken end)
            Close(end.Name);
        else if (token is HtmlDataToken text)
            AddHidden(text.Data);
    }

    private void Open(string name)
    {
        if (Flat.Contains(name))
            return;
        _open[name] = _open.GetValueOrDefault(name) + 1;
        _depth++;
        if (Formatting.Contains(name))
            _formatting++;
    }

    /// <summary>The end of what is not open ends nothing.</summary>
    private void Close(string name)
    {
        if (_open.GetValueOrDefault(name) is not (> 0 and var open))
            return;
        _open[name] = open - 1;
        _depth--;
        if (Formatting.Contains(name))
            _formatting--;
    }

    /// <summary>What one reader takes for a style or a script, another may take for elements.</summary>
    private void AddHidden(ReadOnlySpan<char> text)
    {
        for (int at = text.IndexOf('<'); at >= 0; at = text.IndexOf('<'))
        {
            text = text[(at + 1)..];
            if (text.IsEmpty || !Letters.Contains(text[0]))
                continue;
            _depth++;
            _formatting++;
        }
    }

    private static HashSet<string> Names(string names) => names.Split(' ').ToHashSet(StringComparer.OrdinalIgnoreCase);
}
