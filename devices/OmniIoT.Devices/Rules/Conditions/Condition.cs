using OmniIoT.Devices.Rules.Syntax;

namespace OmniIoT.Devices.Rules.Conditions;

/// <summary>
/// A question about values that are known at once, in the words of rules: comparisons, <c>and or not</c>, no arithmetic and no time.
/// Immutable. A value that is not known makes a comparison hold neither plain nor under <c>not</c>.
/// </summary>
public sealed class Condition
{
    public const int MaxLength = 500;

    private readonly RuleExpression _root;

    private Condition(RuleExpression root, string text) => (_root, Text) = (root, text);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Null, with what is wrong in English, when it is no such question.</summary>
    /// <param name="names">The names that it may ask for.</param>
    public static Condition? Parse(string text, IReadOnlyDictionary<string, ConditionType> names, out string mistake)
    {
        if (text.Length > MaxLength)
        {
            mistake = $"must have at most {MaxLength} characters";
            return null;
        }
        if (RuleParser.Parse(text, out RuleMistake wrong) is not { } root)
        {
            mistake = wrong.Message;
            return null;
        }
        ConditionCheck check = new(names);
        mistake = check.TypeOf(root) is { } type && type != ConditionType.Flag ? "must be a comparison" : check.Mistake ?? "";
        return mistake.Length == 0 ? new Condition(root, text) : null;
    }

    /// <param name="valueOf">A text, a <see cref="double"/> or a <see cref="bool"/> by its name; null: not known.</param>
    public bool Holds(Func<string, object?> valueOf) => Value(_root, valueOf) is true;

    private static object? Value(RuleExpression expression, Func<string, object?> valueOf) =>
        expression switch
        {
            NumberLiteral number => number.Value,
            TextLiteral text => text.Value,
            BooleanLiteral flag => flag.Value,
            NameExpression name => valueOf(name.Name),
            UnaryExpression not => Value(not.Operand, valueOf) is bool flag ? !flag : null,
            BinaryExpression { Operator: "and" } both => And(Value(both.Left, valueOf) as bool?, Value(both.Right, valueOf) as bool?),
            BinaryExpression { Operator: "or" } either => Or(Value(either.Left, valueOf) as bool?, Value(either.Right, valueOf) as bool?),
            BinaryExpression compared => Compare(compared.Operator, Value(compared.Left, valueOf), Value(compared.Right, valueOf)),
            _ => null,
        };

    private static bool? And(bool? left, bool? right) => left is false || right is false ? false : left & right;

    private static bool? Or(bool? left, bool? right) => left is true || right is true ? true : left | right;

    private static bool? Compare(string symbol, object? left, object? right)
    {
        if (left is null || right is null)
            return null;
        if (symbol is "==" or "!=")
            return left.Equals(right) == (symbol == "==");
        return left is double a && right is double b
            ? symbol switch
            {
                "<" => a < b,
                "<=" => a <= b,
                ">" => a > b,
                _ => a >= b,
            }
            : null;
    }
}
