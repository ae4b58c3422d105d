using OmniIoT.Domain.Figures;

namespace OmniIoT.Ports.Queries;

/// <summary>Reads what was counted over any stretch of time, from as few rows as make it up.</summary>
public static class FigureReading
{
    /// <summary>Parts read at once: the cores of a small machine, and few of a cluster's connections to its database.</summary>
    private const int PartsAtOnce = 4;

    /// <summary>The sums of each part of a time; see <see cref="ReadAsync(IFigureQueries, string, BucketSpan, CancellationToken)"/>.</summary>
    public static async ValueTask<IReadOnlyList<IReadOnlyList<Figure>>> ReadAsync(
        this IFigureQueries figures,
        string dimension,
        IReadOnlyList<BucketSpan> parts,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<Figure>[] sums = new IReadOnlyList<Figure>[parts.Count];
        ParallelOptions few = new() { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0,
            parts.Count,
            few,
            async (part, token) => sums[part] = await figures.ReadAsync(dimension, parts[part], token)
        );
        return sums;
    }

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
