namespace OmniIoT.Devices.Rules.Syntax;

/// <summary>Cuts a rule's text into tokens.</summary>
internal ref struct RuleLexer(string text)
{
    private const string SymbolStarts = "<>=!()+-*/,";
    private int _position;

    /// <summary>The next token; after the end, and after a bad token, the end for ever.</summary>
    public RuleToken Next()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
            _position++;
        if (_position == text.Length)
            return new(RuleTokenKind.End, _position, "");
        char c = text[_position];
        if (char.IsAsciiLetter(c) || c == '_')
            return Take(RuleTokenKind.Word, WordLength(_position));
        if (char.IsAsciiDigit(c))
            return TakeNumber();
        if (c is '\'' or '"')
            return TakeText(c, RuleTokenKind.Text);
        if (c == '`')
            return TakeText(c, RuleTokenKind.Name);
        return SymbolStarts.Contains(c, StringComparison.Ordinal) ? TakeSymbol(c) : Bad(RuleMistakeKinds.NoMeaning);
    }

    private readonly int WordLength(int start)
    {
        int end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '.'))
            end++;
        return end - start;
    }

    /// <summary>A number, or a duration where letters follow at once.</summary>
    private RuleToken TakeNumber()
    {
        int end = _position;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
            end++;
        if (end < text.Length && text[end] is 'e' or 'E' && ExponentLength(end) is > 0 and var exponent)
            return Take(RuleTokenKind.Number, end + exponent - _position);
        int unit = WordLength(end);
        return Take(unit > 0 ? RuleTokenKind.Duration : RuleTokenKind.Number, end + unit - _position);
    }

    private readonly int ExponentLength(int start)
    {
        int end = start + 1;
        if (end < text.Length && text[end] is '+' or '-')
            end++;
        int digits = end;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end > digits ? end - start : 0;
    }

    /// <summary>A quote within a text is written twice.</summary>
    private RuleToken TakeText(char quote, RuleTokenKind kind)
    {
        int start = _position;
        for (int end = start + 1; end < text.Length; end++)
        {
            if (text[end] != quote)
                continue;
            if (end + 1 < text.Length && text[end + 1] == quote)
            {
                end++;
                continue;
            }
            _position = end + 1;
            string content = text[(start + 1)..end].Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal);
            return new(kind, start, content);
        }
        return Bad(kind == RuleTokenKind.Name ? RuleMistakeKinds.UnclosedName : RuleMistakeKinds.UnclosedText);
    }

    private RuleToken TakeSymbol(char c)
    {
        if (c is '<' or '>' or '=' or '!' && _position + 1 < text.Length && text[_position + 1] == '=')
            return Take(RuleTokenKind.Symbol, 2);
        return c switch
        {
            '=' => Bad(RuleMistakeKinds.SingleEquals),
            '!' => Bad(RuleMistakeKinds.Bang),
            _ => Take(RuleTokenKind.Symbol, 1),
        };
    }

    private RuleToken Take(RuleTokenKind kind, int length)
    {
        RuleToken token = new(kind, _position, text.Substring(_position, length));
        _position += length;
        return token;
    }

    private RuleToken Bad(string wrong)
    {
        int length = _position + 1 < text.Length && char.IsSurrogatePair(text, _position) ? 2 : 1;
        RuleToken token = new(RuleTokenKind.Bad, _position, text.Substring(_position, length)) { Wrong = wrong };
        _position = text.Length;
        return token;
    }
}
