using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Figures;

/// <summary>A stretch of slots of one level, from the first to before the last.</summary>
public readonly record struct FigureRange(FigureLevel Level, Instant From, Instant To)
{
    /// <summary>
    /// The fewest stretches that make up a time: quarters to the next hour, hours to the next day, days, stretches of days, and down again.
    /// </summary>
    /// <param name="from">Rounded down to a quarter of an hour.</param>
    /// <param name="to">Rounded up to one; before it nothing is covered.</param>
    public static IReadOnlyList<FigureRange> Cover(Instant from, Instant to)
    {
        List<FigureRange> ranges = [];
        Instant first = FigureLevel.Quarter.SlotOf(from),
            last = RoundUp(FigureLevel.Quarter, to);
        Cover(ranges, FigureLevel.Stretch, first, last);
        return ranges;
    }

    private static void Cover(List<FigureRange> ranges, FigureLevel level, Instant from, Instant to)
    {
        if (from >= to)
            return;
        if (level is FigureLevel.Quarter)
        {
            ranges.Add(new FigureRange(level, from, to));
            return;
        }
        Instant inner = RoundUp(level, from),
            end = level.SlotOf(to);
        if (inner >= end)
        {
            Cover(ranges, level - 1, from, to);
            return;
        }
        Cover(ranges, level - 1, from, inner);
        ranges.Add(new FigureRange(level, inner, end));
        Cover(ranges, level - 1, end, to);
    }

    private static Instant RoundUp(FigureLevel level, Instant at)
    {
        Instant slot = level.SlotOf(at);
        return slot == at ? at : slot + level.Length();
    }
}
