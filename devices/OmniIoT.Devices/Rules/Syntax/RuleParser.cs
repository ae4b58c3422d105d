using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Rules.Syntax;

/// <summary>
/// Precedence, loosest first: <c>for</c> (over everything before it), <c>or</c>, <c>and</c>, <c>not</c>, comparison,
/// <c>+ -</c>, <c>* /</c>, sign. Stops at the first mistake.
/// </summary>
internal ref struct RuleParser
{
    /// <summary>Parentheses, signs and calls within each other; parsing recurses.</summary>
    private const int MaxDepth = 50;

    private static readonly BooleanLiteral Nothing = new(0, false);
    private RuleLexer _lexer;
    private RuleToken _token;
    private RuleMistake? _mistake;
    private int _depth;

    private RuleParser(string text)
    {
        _lexer = new RuleLexer(text);
        Advance();
    }

    public static RuleExpression? Parse(string text, out RuleMistake mistake)
    {
        RuleParser parser = new(text);
        RuleExpression expression = parser.ParseCondition();
        if (parser._token.Kind != RuleTokenKind.End)
            parser.Unexpected(RuleMistakeKinds.OperatorExpected);
        mistake = parser._mistake.GetValueOrDefault();
        return parser._mistake is null ? expression : null;
    }

    /// <summary>
    /// <c>a or b for 30s</c> holds the whole for 30 s; behind a <c>for</c>, <c>and</c> or <c>or</c> joins another
    /// condition that may have its own: <c>a for 30s or b for 1m</c>.
    /// </summary>
    private RuleExpression ParseCondition()
    {
        RuleExpression left = ParseBinary(0);
        if (!_token.Is("for"))
            return left;
        left = ParseFor(left);
        string? joinedBy = null;
        while (_token.Is("and") || _token.Is("or"))
        {
            RuleToken connective = _token;
            if (joinedBy is not null && joinedBy != connective.Text)
                return Fail(connective.Position, RuleMistakeKinds.Mixed);
            joinedBy = connective.Text;
            Advance();
            RuleExpression right = ParseBinary(Precedence("not"));
            left = new BinaryExpression(connective.Position, connective.Text, left, _token.Is("for") ? ParseFor(right) : right);
        }
        return left;
    }

    private ForExpression ParseFor(RuleExpression inner)
    {
        int position = _token.Position;
        Advance();
        return new ForExpression(position, inner, TakeDuration());
    }

    private static int Precedence(string symbol) =>
        symbol switch
        {
            "or" => 1,
            "and" => 2,
            "not" => 3,
            "<" or "<=" or ">" or ">=" or "==" or "!=" => 4,
            "+" or "-" => 5,
            "*" or "/" => 6,
            _ => 0,
        };

    private RuleExpression ParseBinary(int atLeast)
    {
        RuleExpression left = ParsePrefix();
        while (
            _token.Kind is RuleTokenKind.Word or RuleTokenKind.Symbol
            && Precedence(_token.Text) is > 0 and var precedence
            && precedence > atLeast
            && _token.Text != "not"
        )
        {
            RuleToken symbol = _token;
            Advance();
            left = new BinaryExpression(symbol.Position, symbol.Text, left, ParseBinary(precedence));
        }
        return left;
    }

    private RuleExpression ParsePrefix()
    {
        if (++_depth > MaxDepth)
            return Fail(_token.Position, RuleMistakeKinds.TooDeep, ("max", MaxDepth));
        RuleToken token = _token;
        RuleExpression parsed;
        if (token.Is("not"))
        {
            Advance();
            parsed = new UnaryExpression(token.Position, "not", ParseBinary(Precedence("not")));
        }
        else if (token.Is("-"))
        {
            Advance();
            RuleExpression operand = ParseBinary(Precedence("*"));
            parsed = operand is NumberLiteral number
                ? new NumberLiteral(token.Position, -number.Value)
                : new UnaryExpression(token.Position, "-", operand);
        }
        else if (token.Is("("))
        {
            Advance();
            parsed = ParseCondition();
            Expect(")");
        }
        else
            parsed = ParsePrimary();
        _depth--;
        return parsed;
    }

    private RuleExpression ParsePrimary()
    {
        RuleToken token = _token;
        switch (token.Kind)
        {
            case RuleTokenKind.Number:
                Advance();
                if (
                    double.TryParse(
                        token.Text,
                        NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                        CultureInfo.InvariantCulture,
                        out double number
                    ) && double.IsFinite(number)
                )
                    return new NumberLiteral(token.Position, number);
                return Fail(token.Position, RuleMistakeKinds.NoNumber, ("found", token.Text));
            case RuleTokenKind.Text:
                Advance();
                return new TextLiteral(token.Position, token.Text);
            case RuleTokenKind.Name:
                Advance();
                return new NameExpression(token.Position, token.Text);
            case RuleTokenKind.Word when Precedence(token.Text) == 0 && token.Text != "for":
                Advance();
                return ParseWord(token);
            default:
                return Unexpected(RuleMistakeKinds.OperandExpected, RuleMistakeKinds.OperandExpectedAtEnd);
        }
    }

    private RuleExpression ParseWord(RuleToken word)
    {
        if (word.Text is "true" or "false")
            return new BooleanLiteral(word.Position, word.Text == "true");
        if (_token.Is("("))
            return ParseCall(word);
        if (word.Text != "silent" || !_token.Is("for"))
            return new NameExpression(word.Position, word.Text);
        Advance();
        return new SilentExpression(word.Position, TakeDuration());
    }

    private CallExpression ParseCall(RuleToken function)
    {
        Advance();
        List<RuleExpression> arguments = new();
        if (!_token.Is(")"))
        {
            arguments.Add(ParseArgument());
            while (_token.Is(","))
            {
                Advance();
                arguments.Add(ParseArgument());
            }
        }
        Expect(")");
        return new CallExpression(function.Position, function.Text, arguments);
    }

    private RuleExpression ParseArgument()
    {
        if (_token.Kind != RuleTokenKind.Duration)
            return ParseBinary(0);
        int position = _token.Position;
        return new DurationLiteral(position, TakeDuration());
    }

    private TimeSpan TakeDuration()
    {
        if (_token.Kind is not (RuleTokenKind.Duration or RuleTokenKind.Number))
        {
            Unexpected(RuleMistakeKinds.DurationExpected, RuleMistakeKinds.DurationExpectedAtEnd);
            return default;
        }
        if (!Duration.TryParse(_token.Text, out TimeSpan duration))
            Fail(_token.Position, RuleMistakeKinds.NoDuration, ("found", _token.Text));
        Advance();
        return duration;
    }

    private void Expect(string symbol)
    {
        if (!_token.Is(symbol))
            Unexpected(RuleMistakeKinds.SymbolExpected, RuleMistakeKinds.SymbolExpectedAtEnd, ("symbol", symbol));
        else
            Advance();
    }

    private void Advance()
    {
        if (_mistake is not null)
            return;
        _token = _lexer.Next();
        if (_token.Kind == RuleTokenKind.Bad)
            Fail(_token.Position, _token.Wrong!, ("found", _token.Text));
    }

    /// <param name="atEnd">The kind where the rule ends too early.</param>
    private BooleanLiteral Unexpected(string kind, string? atEnd = null, params ReadOnlySpan<(string Name, JsonNode? Value)> values) =>
        _token.Kind == RuleTokenKind.End && atEnd is not null
            ? Fail(_token.Position, atEnd, values)
            : Fail(_token.Position, kind, [("found", _token.Text), .. values]);

    /// <summary>Keeps the first mistake and skips the rest of the text.</summary>
    private BooleanLiteral Fail(int position, string kind, params ReadOnlySpan<(string Name, JsonNode? Value)> values)
    {
        _mistake ??= RuleMistake.At(position, kind, values);
        _token = new RuleToken(RuleTokenKind.End, position, "");
        return Nothing;
    }
}
