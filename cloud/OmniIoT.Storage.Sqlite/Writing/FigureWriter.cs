using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Adds what was counted to what is kept, once for each transaction.</summary>
internal sealed class FigureWriter(DatabaseConnection connection) : IFigureWriter
{
    private readonly GatheredFigures _gathered = new();
    private readonly Statement _add = connection.Prepare(
        """
        INSERT INTO figures (dimension, level, slot, value, measure, bin, times, sum) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (dimension, level, slot, value, measure, bin)
            DO UPDATE SET times = figures.times + excluded.times, sum = figures.sum + excluded.sum
        """
    );

    public void Add(CountFigure count) => _gathered.Add(count);

    /// <summary>Writes what was gathered.</summary>
    public void Tally()
    {
        if (_gathered.IsEmpty)
            return;
        foreach ((FigureKey key, long times, long sum) in _gathered.Take())
            _add.Bind(key.Dimension)
                .Bind((long)key.Level)
                .Bind(key.Slot)
                .Bind(key.Value)
                .Bind(key.Measure)
                .Bind(key.Bin)
                .Bind(times)
                .Bind(sum)
                .Run();
    }
}
