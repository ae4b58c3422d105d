using OmniIoT.Domain.Figures;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

internal sealed class FigureReader(ISqlReader sql) : IFigureQueries
{
    private const string Sums = """
        SELECT value, measure, bin, CAST(sum(times) AS BIGINT), CAST(sum(sum) AS BIGINT) FROM figures
        WHERE dimension = $1 AND level = $2 AND slot >= $3 AND slot < $4 GROUP BY value, measure, bin ORDER BY value, measure, bin
        """;

    public ValueTask<IReadOnlyList<Figure>> ReadAsync(string dimension, FigureRange range, CancellationToken cancellationToken) =>
        sql.ReadAsync(
            Sums,
            [dimension, (long)range.Level, range.From.UnixMilliseconds, range.To.UnixMilliseconds],
            static row => new Figure(row.Text(0), row.Text(1), (int)row.Int64(2), row.Int64(3), row.Int64(4)),
            cancellationToken
        );
}
