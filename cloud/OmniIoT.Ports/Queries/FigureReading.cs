using OmniIoT.Domain.Figures;

namespace OmniIoT.Ports.Queries;

/// <summary>Reads what was counted over any stretch of time, from as few rows as make it up.</summary>
public static class FigureReading
{
    /// <summary>Sums from a time to before another, each rounded outwards to a quarter of an hour.</summary>
    public static async ValueTask<IReadOnlyList<Figure>> ReadAsync(
        this IFigureQueries figures,
        string dimension,
        BucketSpan span,
        CancellationToken cancellationToken
    )
    {
        Dictionary<(string Value, string Measure, int Bin), (long Times, long Sum)> sums = [];
        foreach (FigureRange range in FigureRange.Cover(span.From, span.To))
        {
            foreach (Figure figure in await figures.ReadAsync(dimension, range, cancellationToken))
            {
                (long times, long sum) = sums.GetValueOrDefault((figure.Value, figure.Measure, figure.Bin));
                sums[(figure.Value, figure.Measure, figure.Bin)] = (times + figure.Times, sum + figure.Sum);
            }
        }
        return [.. sums.Select(static one => new Figure(one.Key.Value, one.Key.Measure, one.Key.Bin, one.Value.Times, one.Value.Sum))];
    }
}
