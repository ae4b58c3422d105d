using OmniIoT.Domain.Voice;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

internal sealed class SurveyReader(ISqlReader sql) : ISurveyQueries
{
    public ValueTask<SurveyRequest?> FindAsync(string token, CancellationToken cancellationToken) =>
        sql.FirstAsync<SurveyRequest>("SELECT json FROM survey_requests WHERE token = $1", [token], cancellationToken);

    public ValueTask<Page<SurveyRequest>> SaidAsync(SaidFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        Select select = filter.Theme is { } theme
            ? new Select("json", "survey_mentions", Order.NewestFirst("at", "request_id")).Equal("theme", theme)
            : new Select("json", "survey_requests", Order.NewestFirst("at")).Where("said = 1");
        select.Equal("channel", filter.Channel);
        select.Where($"at >= {select.Parameter(filter.From.UnixMilliseconds)}");
        select.Where($"at < {select.Parameter(filter.To.UnixMilliseconds)}");
        return select.ReadAsync<SurveyRequest>(sql, page, cancellationToken);
    }
}
