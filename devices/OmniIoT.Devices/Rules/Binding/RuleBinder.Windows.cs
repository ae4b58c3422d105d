using System.Text.Json.Nodes;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Rules.Nodes;
using OmniIoT.Devices.Rules.Syntax;
using OmniIoT.Devices.Rules.Windows;

namespace OmniIoT.Devices.Rules.Binding;

internal sealed partial class RuleBinder
{
    private readonly Dictionary<(int Slot, string? Event, TimeSpan Length, WindowContent Content), int> _windows = [];

    /// <summary>In the order of <see cref="RuleState.Windows"/>.</summary>
    public List<WindowDefinition> Windows { get; } = [];

    private static WindowFunction? WindowFunctionOf(string name) =>
        name switch
        {
            "avg" => WindowFunction.Average,
            "min" => WindowFunction.Least,
            "max" => WindowFunction.Most,
            "sum" => WindowFunction.Sum,
            "count" => WindowFunction.Count,
            "stddev" => WindowFunction.Deviation,
            "delta" => WindowFunction.Delta,
            "rate" => WindowFunction.Rate,
            _ => null,
        };

    private NumberNode BindWindow(CallExpression call, WindowFunction function)
    {
        _hasWindows = true;
        switch (call.Arguments)
        {
            case [NameExpression metric, DurationLiteral length]:
                return BindMetricWindow(call, function, metric, length.Value);
            case [CallExpression { Function: "event", Arguments: [TextLiteral code] }, DurationLiteral length]
                when function is WindowFunction.Count:
                return new WindowNode(function, WindowIndex(call, -1, code.Value, length.Value, WindowContent.Counts), -1);
            default:
                return function is WindowFunction.Count
                    ? FailNumber(call.Position, RuleMistakeKinds.CountArguments)
                    : FailNumber(call.Position, RuleMistakeKinds.WindowArguments, ("function", call.Function));
        }
    }

    private NumberNode BindMetricWindow(CallExpression call, WindowFunction function, NameExpression metric, TimeSpan length)
    {
        if (TypeOfName(metric) is not { } type)
            return new ConstantNumber(0);
        int slot = SlotOf(metric.Name);
        if (slot < 0)
            return FailNumber(metric.Position, RuleMistakeKinds.NeedsMetric, ("function", call.Function), ("metric", metric.Name));
        if (type == RuleType.Text && function is not WindowFunction.Count)
            return FailNumber(metric.Position, RuleMistakeKinds.NeedsNumber, ("function", call.Function), ("metric", metric.Name));
        _slots.Add(slot);
        if (metrics[slot].Kind is MetricKind.Counter)
            function = OfCounter(function);
        return new WindowNode(function, WindowIndex(call, slot, null, length, ContentFor(function)), slot);
    }

    /// <summary>A counter counts up, and from zero again when the device begins anew: then nothing was taken back.</summary>
    private static WindowFunction OfCounter(WindowFunction function) =>
        function switch
        {
            WindowFunction.Delta => WindowFunction.Increase,
            WindowFunction.Rate => WindowFunction.IncreaseRate,
            _ => function,
        };

    private static WindowContent ContentFor(WindowFunction function) =>
        function switch
        {
            WindowFunction.Count => WindowContent.Counts,
            WindowFunction.Sum or WindowFunction.Average => WindowContent.Sums,
            WindowFunction.Deviation => WindowContent.Spreads,
            WindowFunction.Least or WindowFunction.Most => WindowContent.Extremes,
            _ => WindowContent.Ends,
        };

    /// <summary>Rules and functions that need the same of the same readings share a window.</summary>
    private int WindowIndex(CallExpression call, int slot, string? code, TimeSpan length, WindowContent content)
    {
        _reach = Math.Max(_reach, (long)length.TotalMilliseconds);
        if (!_windows.TryAdd((slot, code, length, content), Windows.Count))
            return _windows[(slot, code, length, content)];
        Windows.Add(new WindowDefinition(slot, code, length, content));
        if (Windows.Count == budget?.Windows + 1)
            _windowsPassedAt = call.Position;
        return Windows.Count - 1;
    }

    private ConstantNumber FailNumber(int position, string kind, params ReadOnlySpan<(string Name, JsonNode? Value)> values)
    {
        Fail(position, kind, values);
        return new ConstantNumber(0);
    }
}
