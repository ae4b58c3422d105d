using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Figures;

namespace OmniIoT.Sql.Writing;

/// <summary>What the units of one transaction count, added up: of a busy second much is the same.</summary>
internal sealed class GatheredFigures : IFigureWriter
{
    private readonly Dictionary<FigureKey, (long Times, long Sum)> _sums = [];

    public bool IsEmpty => _sums.Count == 0;

    public void Add(CountFigure count)
    {
        foreach ((string dimension, string value) in Dimensions.Of(count.Of))
        {
            foreach (FigureLevel level in FigureLevels.All)
            {
                FigureKey key = new(dimension, level, level.SlotOf(count.At).UnixMilliseconds, value, count.Measure, count.Bin);
                (long times, long sum) = _sums.GetValueOrDefault(key);
                _sums[key] = (times + count.Times, sum + count.Sum);
            }
        }
    }

    /// <summary>In order, so that two processes that count the same wait for each other and do not lock each other out.</summary>
    public IReadOnlyList<(FigureKey Key, long Times, long Sum)> Take()
    {
        List<(FigureKey Key, long Times, long Sum)> taken = [.. _sums.Select(static sum => (sum.Key, sum.Value.Times, sum.Value.Sum))];
        taken.Sort(static (a, b) => a.Key.CompareTo(b.Key));
        _sums.Clear();
        return taken;
    }
}

/// <summary>A row of what is counted.</summary>
internal readonly record struct FigureKey(string Dimension, FigureLevel Level, long Slot, string Value, string Measure, int Bin)
    : IComparable<FigureKey>
{
    public int CompareTo(FigureKey other)
    {
        int order = string.CompareOrdinal(Dimension, other.Dimension);
        order = order != 0 ? order : Level.CompareTo(other.Level);
        order = order != 0 ? order : Slot.CompareTo(other.Slot);
        order = order != 0 ? order : string.CompareOrdinal(Value, other.Value);
        order = order != 0 ? order : string.CompareOrdinal(Measure, other.Measure);
        return order != 0 ? order : Bin.CompareTo(other.Bin);
    }
}
