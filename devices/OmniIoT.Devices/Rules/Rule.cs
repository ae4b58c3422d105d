using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Rules.Binding;
using OmniIoT.Devices.Rules.Nodes;

namespace OmniIoT.Devices.Rules;

/// <summary>One compiled rule.</summary>
public sealed class Rule
{
    private readonly TruthNode? _clear;
    private readonly TruthNode _stands;
    private readonly int[] _slots;
    private readonly ExpectedMetric[] _clearExpects;

    internal Rule(RuleDefinition definition, MetricSchema schema, BoundCondition when, BoundCondition? clear)
    {
        Type = definition.Type;
        Metric = when.FirstSlot < 0 ? null : schema.Name(when.FirstSlot);
        Threshold = when.Threshold;
        TypeHash = RuleHash.Of(definition.Type);
        TextHash = RuleHash.Of(definition.When + "\0" + definition.Clear);
        When = when;
        ClearDurations = clear?.Durations ?? default;
        HasDurations = when.HasDurations || clear?.HasDurations == true;
        LooksAtReadingsOnly = when.LooksAtReadingsOnly && clear?.LooksAtReadingsOnly != false;
        Reach = Math.Max(when.Reach, clear?.Reach ?? 0);
        _clearExpects = clear?.Expected ?? [];
        _slots = [.. when.Slots.Union(clear?.Slots ?? [])];
        ClearLooksBack = clear?.LooksBack ?? when.HasWindows;
        HasWindows = when.HasWindows || clear?.HasWindows == true;
        _stands = when.Node.WithoutDurations();
        _clear = clear?.Node ?? (when.WaitsForEvent ? null : new NotNode(_stands));
        HasOwnClear = clear is not null;
    }

    public string Type { get; }

    /// <summary>The first comparison of a metric with a number in <c>when</c>, for drawing; null when there is none.</summary>
    public RuleThreshold? Threshold { get; }

    /// <summary>The condition's first metric; null when it names none.</summary>
    public string? Metric { get; }

    /// <summary>No message clears it: it waits for an event and has no condition to clear.</summary>
    public bool IsClearedByHandOnly => _clear is null;

    internal bool HasOwnClear { get; }

    internal bool HasDurations { get; }

    /// <summary>A late reading can be judged where it lies: nothing but readings, and for how long, decides.</summary>
    public bool LooksAtReadingsOnly { get; }

    /// <summary>So far back a late reading may matter, in milliseconds.</summary>
    internal long Reach { get; }

    /// <summary>The largest of its metrics' slots; -1 when it names none.</summary>
    internal int LastSlot => _slots.Length > 0 ? _slots.Max() : -1;

    internal bool HasWindows { get; }

    /// <summary>What clears it asks for how long, or what was.</summary>
    internal bool ClearLooksBack { get; }

    internal bool WaitsForSilence => When.SilentFor.Length > 0;

    internal ulong TypeHash { get; }

    internal ulong TextHash { get; }

    internal BoundCondition When { get; }

    internal Range ClearDurations { get; }

    internal bool Clears(in Evaluation evaluation) => _clear is not null && _clear.Evaluate(evaluation) == Truth.True;

    /// <summary>Whether what raises it is so now, for however long.</summary>
    internal bool Stands(in Evaluation evaluation) => _stands.Evaluate(evaluation) == Truth.True;

    internal bool LooksAt(int slot) => Array.IndexOf(_slots, slot) >= 0;

    /// <summary>Whether the message brought the newest value of a metric that the rule looks at, though others are younger.</summary>
    internal bool HearsNewest(in Evaluation evaluation)
    {
        foreach (int slot in _slots)
            if (evaluation.Slots[slot].At.UnixMilliseconds == evaluation.At)
                return true;
        return false;
    }

    /// <summary>
    /// The time that a late message decides for, of what raises the alarm or clears it and asks for how long, or what was: where device
    /// time stands, or the last word of a metric that was not heard for too long.
    /// </summary>
    internal long DecidesAt(in Evaluation evaluation, bool isActive) =>
        ExpectedMetric.HeardUntil(isActive ? _clearExpects : When.Expected, evaluation);

    /// <summary>The condition's first metric if it is a number now.</summary>
    internal double? Value(ReadOnlySpan<MetricSlot> slots) =>
        When.FirstSlot >= 0 && slots[When.FirstSlot].Newest is { Kind: MetricValueKind.Number } value ? value.Number : null;
}

/// <summary>A line for a chart.</summary>
/// <param name="Operator">One of <c>&lt; &lt;= &gt; &gt;= == !=</c>, with the metric on the left.</param>
public sealed record RuleThreshold(string Metric, string Operator, double Value);
