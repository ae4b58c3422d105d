using System.Collections.Frozen;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Rules.Syntax;

/// <summary>
/// What can be wrong with a rule, in English; between braces the names of the values. Kinds and names are public contract: readers say
/// them in their own language.
/// </summary>
public static class RuleMistakeKinds
{
    public const string TooLong = "mistake.ruleTooLong";
    public const string TooDeep = "mistake.ruleTooDeep";
    public const string TooManyWindows = "mistake.ruleTooManyWindows";
    public const string TooManyTerms = "mistake.ruleTooManyTerms";
    public const string ConditionExpected = "mistake.ruleConditionExpected";
    public const string NumberExpected = "mistake.ruleNumberExpected";
    public const string NotComparable = "mistake.ruleNotComparable";
    public const string OnlyEquality = "mistake.ruleOnlyEquality";
    public const string NeverValue = "mistake.ruleNeverValue";
    public const string UnknownMetric = "mistake.ruleUnknownMetric";
    public const string NoMetrics = "mistake.ruleNoMetrics";
    public const string UnknownFunction = "mistake.ruleUnknownFunction";
    public const string SilentFor = "mistake.ruleSilentFor";
    public const string EventArguments = "mistake.ruleEventArguments";
    public const string AnomalyArguments = "mistake.ruleAnomalyArguments";
    public const string WindowArguments = "mistake.ruleWindowArguments";
    public const string CountArguments = "mistake.ruleCountArguments";
    public const string NeedsMetric = "mistake.ruleNeedsMetric";
    public const string NeedsNumber = "mistake.ruleNeedsNumber";
    public const string Mixed = "mistake.ruleMixed";
    public const string NoNumber = "mistake.ruleNoNumber";
    public const string NoDuration = "mistake.ruleNoDuration";
    public const string NoMeaning = "mistake.ruleNoMeaning";
    public const string SingleEquals = "mistake.ruleSingleEquals";
    public const string Bang = "mistake.ruleBang";
    public const string UnclosedText = "mistake.ruleUnclosedText";
    public const string UnclosedName = "mistake.ruleUnclosedName";
    public const string OperatorExpected = "mistake.ruleOperatorExpected";
    public const string OperandExpected = "mistake.ruleOperandExpected";
    public const string OperandExpectedAtEnd = "mistake.ruleOperandExpectedAtEnd";
    public const string DurationExpected = "mistake.ruleDurationExpected";
    public const string DurationExpectedAtEnd = "mistake.ruleDurationExpectedAtEnd";
    public const string SymbolExpected = "mistake.ruleSymbolExpected";
    public const string SymbolExpectedAtEnd = "mistake.ruleSymbolExpectedAtEnd";

    /// <summary>Every kind with its words.</summary>
    public static FrozenDictionary<string, string> English { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [TooLong] = "a rule has at most {max} characters; this one has {length}",
            [TooDeep] = "the rule is nested deeper than {max} levels",
            [TooManyWindows] = "the rules of a model look at {max} windows at most; from here on this one's look at {used}",
            [TooManyTerms] =
                "the rules of a model have {max} names, numbers, operators and functions at most; from here on this one's have {used}",
            [ConditionExpected] = "a condition is expected here, not a {ruleType}; compare it with something",
            [NumberExpected] = "a number is expected here, not a {ruleType}",
            [NotComparable] = "a {leftType} cannot be compared with a {rightType}",
            [OnlyEquality] = "'{operator}' compares numbers; a {ruleType} has only == and !=",
            [NeverValue] = "'{metric}' is never '{value}'; its values are: {known}",
            [UnknownMetric] = "the model has no metric '{metric}'; its metrics are: {known}",
            [NoMetrics] = "the model has no metric '{metric}'; its metrics are: none",
            [UnknownFunction] =
                "'{function}' is no function that rules have; they have event, anomaly, avg, min, max, sum, count, stddev, delta and rate",
            [SilentFor] = "'silent' already says for how long",
            [EventArguments] = "event takes one text, as event('E42')",
            [AnomalyArguments] = "anomaly takes one metric, as anomaly(vibration)",
            [WindowArguments] = "{function} takes a metric and a duration, as {function}(temperature, 5m)",
            [CountArguments] = "count takes a metric and a duration, as count(temperature, 5m) or count(event('E42'), 1h)",
            [NeedsMetric] = "{function} takes a metric; '{metric}' is none",
            [NeedsNumber] = "{function} takes a metric that is a number; '{metric}' is none",
            [Mixed] = "'and' and 'or' are mixed behind 'for'; parentheses are needed",
            [NoNumber] = "'{found}' is no number",
            [NoDuration] = "'{found}' is no duration; it must be " + Duration.Allowed,
            [NoMeaning] = "'{found}' has no meaning in a rule",
            [SingleEquals] = "'=' has no meaning in a rule; equality is '=='",
            [Bang] = "'!' has no meaning in a rule; negation is 'not', inequality is '!='",
            [UnclosedText] = "the text that begins here has no closing quote",
            [UnclosedName] = "the name that begins here has no closing quote",
            [OperatorExpected] = "'{found}' stands where the end of the rule or an operator is expected",
            [OperandExpected] =
                "'{found}' stands where a metric, a number, a text, true, false, 'not', 'silent', 'event' or '(' is expected",
            [OperandExpectedAtEnd] =
                "the end of the rule stands where a metric, a number, a text, true, false, 'not', 'silent', 'event' or '(' is expected",
            [DurationExpected] = "'{found}' stands where a duration: " + Duration.Allowed + " is expected",
            [DurationExpectedAtEnd] = "the end of the rule stands where a duration: " + Duration.Allowed + " is expected",
            [SymbolExpected] = "'{found}' stands where '{symbol}' is expected",
            [SymbolExpectedAtEnd] = "the end of the rule stands where '{symbol}' is expected",
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
