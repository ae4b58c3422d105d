using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Adds what was counted to what is kept, once for each commit.</summary>
internal sealed class FigureWriter(CommitWork work) : IFigureWriter
{
    private const string Count = """
        INSERT INTO figures (dimension, level, slot, value, measure, bin, times, sum)
        SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[])
        ON CONFLICT (dimension, level, slot, value, measure, bin)
            DO UPDATE SET times = figures.times + excluded.times, sum = figures.sum + excluded.sum
        """;

    private readonly GatheredFigures _gathered = new();

    public void Add(CountFigure count) => _gathered.Add(count);

    /// <summary>Adds the statement that counts.</summary>
    public void Tally()
    {
        if (_gathered.IsEmpty)
            return;
        IReadOnlyList<(FigureKey Key, long Times, long Sum)> all = _gathered.Take();
        work.Batch.Add(
            Count,
            all.Select(static one => one.Key.Dimension).ToArray(),
            all.Select(static one => (long)one.Key.Level).ToArray(),
            all.Select(static one => one.Key.Slot).ToArray(),
            all.Select(static one => one.Key.Value).ToArray(),
            all.Select(static one => one.Key.Measure).ToArray(),
            all.Select(static one => (long)one.Key.Bin).ToArray(),
            all.Select(static one => one.Times).ToArray(),
            all.Select(static one => one.Sum).ToArray()
        );
    }
}
