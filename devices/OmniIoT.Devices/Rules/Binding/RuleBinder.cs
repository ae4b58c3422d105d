using System.Text.Json.Nodes;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Rules.Nodes;
using OmniIoT.Devices.Rules.Syntax;

namespace OmniIoT.Devices.Rules.Binding;

/// <summary>
/// Gives the names of a model's rules their slots, checks types, and builds the nodes. One binder serves all rules of
/// a model, so that each duration and each reported property gets a place of its own in the state.
/// </summary>
/// <param name="budget">What the rules may cost together; null: whatever they do.</param>
internal sealed partial class RuleBinder(MetricSchema schema, IReadOnlyList<MetricDefinition> metrics, RuleBudget? budget)
{
    private const int MaxTextLength = 4000;
    private const string ReportedPrefix = "reported.";

    private readonly Dictionary<string, int> _reported = new(StringComparer.Ordinal);
    private readonly List<int> _slots = [];
    private readonly List<long> _silentFor = [];
    private readonly List<ExpectedMetric> _expected = [];
    private List<RuleMistake> _mistakes = [];
    private RuleThreshold? _threshold;
    private bool _waitsForEvent;
    private bool _hasWindows;
    private bool _looksElsewhere;
    private long _reach;

    public int DurationCount { get; private set; }

    /// <summary>Names, numbers, operators and functions of all conditions so far.</summary>
    public int TermCount { get; private set; }

    /// <summary>Paths below the reported properties, in the order of <see cref="RuleState.Reported"/>.</summary>
    public List<string> ReportedPaths { get; } = [];

    /// <summary>Slots of the metrics whose anomalies are asked for, in the order of <see cref="RuleState.Anomalies"/>.</summary>
    public List<int> AnomalySlots { get; } = [];

    /// <summary>Null, and at least one mistake, when the text is no condition.</summary>
    public BoundCondition? Bind(string text, out List<RuleMistake> mistakes)
    {
        _mistakes = mistakes = [];
        _slots.Clear();
        _silentFor.Clear();
        _expected.Clear();
        _threshold = null;
        _waitsForEvent = false;
        _hasWindows = false;
        _looksElsewhere = false;
        _reach = 0;
        (_windowsPassedAt, _termsPassedAt) = (null, null);
        if (text.Length > MaxTextLength)
        {
            Fail(0, RuleMistakeKinds.TooLong, ("max", MaxTextLength), ("length", text.Length));
            return null;
        }
        RuleExpression? expression = RuleParser.Parse(text, out RuleMistake mistake);
        if (expression is null)
        {
            mistakes.Add(mistake);
            return null;
        }
        int firstDuration = DurationCount;
        TruthNode node = BindTruth(expression);
        if (mistakes.Count > 0)
            return null;
        return new BoundCondition(
            node,
            [.. _slots.Distinct()],
            firstDuration..DurationCount,
            [.. _silentFor],
            _hasWindows,
            _waitsForEvent,
            _threshold
        )
        {
            Expected = [.. _expected.Distinct()],
            LooksAtReadingsOnly = _slots.Count > 0 && !(_looksElsewhere || _hasWindows || _waitsForEvent || _silentFor.Count > 0),
            Reach = _slots.Select(LongestGap).Append(_reach).Max(),
        };
    }

    private TruthNode BindTruth(RuleExpression expression)
    {
        CountTerm(expression);
        switch (expression)
        {
            case BooleanLiteral literal:
                return new ConstantTruth(literal.Value);
            case UnaryExpression { Operator: "not" } not:
                return new NotNode(BindTruth(not.Operand));
            case BinaryExpression { Operator: "and" } and:
                return new AndNode(BindTruth(and.Left), BindTruth(and.Right));
            case BinaryExpression { Operator: "or" } or:
                return new OrNode(BindTruth(or.Left), BindTruth(or.Right));
            case BinaryExpression binary when ComparisonOf(binary.Operator) is { } comparison:
                return BindComparison(binary, comparison);
            case ForExpression duration:
                return BindFor(duration);
            case SilentExpression silent:
                _silentFor.Add((long)silent.Duration.TotalMilliseconds);
                return new SilentNode(_silentFor[^1]);
            case CallExpression { Function: "event" } call:
                return BindEvent(call);
            default:
                RuleType? type = TypeOf(expression);
                if (type is RuleType.Any && BindValue(expression) is { } value)
                    return new ValueTruth(value);
                if (type is not null)
                    Fail(expression.Position, RuleMistakeKinds.ConditionExpected, ("ruleType", Name(type.Value)));
                return new ConstantTruth(false);
        }
    }

    private ForNode BindFor(ForExpression duration)
    {
        if (duration.Inner is SilentExpression)
            Fail(duration.Position, RuleMistakeKinds.SilentFor);
        int firstSlot = _slots.Count;
        TruthNode inner = BindTruth(duration.Inner);
        ExpectedMetric[] expected = [.. _slots.Skip(firstSlot).Distinct().Select(slot => new ExpectedMetric(slot, LongestGap(slot)))];
        _expected.AddRange(expected);
        _looksElsewhere |= expected.Length == 0;
        long milliseconds = (long)duration.Duration.TotalMilliseconds;
        _reach = Math.Max(_reach, milliseconds);
        return new ForNode(inner, DurationCount++, milliseconds, expected);
    }

    private long LongestGap(int slot) => (long)metrics[slot].Interval.TotalMilliseconds * MetricDefinition.IntervalsInGap;

    private TruthNode BindEvent(CallExpression call)
    {
        if (call.Arguments is not [TextLiteral code])
        {
            Fail(call.Position, RuleMistakeKinds.EventArguments);
            return new ConstantTruth(false);
        }
        _waitsForEvent = true;
        return new EventNode(System.Text.Encoding.UTF8.GetBytes(code.Value));
    }

    private NumberNode BindNumber(RuleExpression expression)
    {
        CountTerm(expression);
        switch (expression)
        {
            case NumberLiteral literal:
                return new ConstantNumber(literal.Value);
            case UnaryExpression { Operator: "-" } negated:
                return new NegatedNumber(BindNumber(negated.Operand));
            case BinaryExpression binary when ArithmeticOf(binary.Operator) is { } operation:
                return new ArithmeticNode(operation, BindNumber(binary.Left), BindNumber(binary.Right));
            case CallExpression { Function: "anomaly" } call:
                return BindAnomaly(call);
            case CallExpression call when WindowFunctionOf(call.Function) is { } function:
                return BindWindow(call, function);
            default:
                RuleType? type = TypeOf(expression);
                if (type is RuleType.Any or RuleType.Number && BindValue(expression) is { } value)
                    return new ValueNumber(value);
                if (type is not null)
                    Fail(expression.Position, RuleMistakeKinds.NumberExpected, ("ruleType", Name(type.Value)));
                return new ConstantNumber(0);
        }
    }

    private NumberNode BindAnomaly(CallExpression call)
    {
        if (call.Arguments is not [NameExpression metric])
            return FailNumber(call.Position, RuleMistakeKinds.AnomalyArguments);
        RuleType? type = TypeOfName(metric);
        if (type is null)
            return new ConstantNumber(0);
        int slot = SlotOf(metric.Name);
        if (slot < 0 || type == RuleType.Text)
            return FailNumber(metric.Position, RuleMistakeKinds.NeedsNumber, ("function", call.Function), ("metric", metric.Name));
        _slots.Add(slot);
        _looksElsewhere = true;
        int index = AnomalySlots.IndexOf(slot);
        if (index >= 0)
            return new AnomalyNode(index);
        AnomalySlots.Add(slot);
        return new AnomalyNode(AnomalySlots.Count - 1);
    }

    /// <summary>Null for what has no single value of its own, such as a sum.</summary>
    private ValueNode? BindValue(RuleExpression expression)
    {
        switch (expression)
        {
            case NumberLiteral literal:
                return new ConstantValue(MetricValue.FromNumber(literal.Value));
            case TextLiteral literal:
                return new ConstantValue(MetricValue.FromText(literal.Value));
            case BooleanLiteral literal:
                return new ConstantValue(MetricValue.FromBoolean(literal.Value));
            case NameExpression { Name: var name } when SlotOf(name) is >= 0 and var slot:
                _slots.Add(slot);
                return new MetricNode(slot);
            case NameExpression { Name: var name } when name.StartsWith(ReportedPrefix, StringComparison.Ordinal):
                _looksElsewhere = true;
                return new ReportedNode(ReportedIndex(name[ReportedPrefix.Length..]));
            default:
                return null;
        }
    }

    private int SlotOf(string name) => schema.TryFind(System.Text.Encoding.UTF8.GetBytes(name), out int slot) ? slot : -1;

    private int ReportedIndex(string path)
    {
        if (!_reported.TryAdd(path, ReportedPaths.Count))
            return _reported[path];
        ReportedPaths.Add(path);
        return ReportedPaths.Count - 1;
    }

    private void Fail(int position, string kind, params ReadOnlySpan<(string Name, JsonNode? Value)> values) =>
        _mistakes.Add(RuleMistake.At(position, kind, values));
}
