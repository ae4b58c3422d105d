using System.Globalization;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

internal sealed class WorkReader(ISqlReader sql) : IWorkQueries
{
    public ValueTask<IReadOnlyList<Work>> AlertsDueAsync(Instant now, int limit, CancellationToken cancellationToken) =>
        sql.AllAsync<Work>(
            "SELECT json FROM work WHERE alert_at IS NOT NULL AND alert_at <= $1 ORDER BY alert_at LIMIT $2",
            [now.UnixMilliseconds, (long)limit],
            cancellationToken
        );

    public ValueTask<IReadOnlyList<Work>> WaitingAsync(WaitingFilter filter, int limit, CancellationToken cancellationToken)
    {
        Instant since = filter.Since ?? Instant.MaxValue;
        List<object> parameters = [filter.Queue, since.UnixMilliseconds];
        string Parameter(object value)
        {
            parameters.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $"${parameters.Count}");
        }
        string among = filter.Channels is { } channels ? $" AND {Among(channels, Parameter)}" : "";
        return sql.AllAsync<Work>(
            $"SELECT json FROM work WHERE queue = $1 AND waiting_since <= $2{among} ORDER BY waiting_since LIMIT {Parameter((long)limit)}",
            parameters,
            cancellationToken
        );
    }

    private static string Among(WorkChannels channels, Func<object, string> parameter)
    {
        if (channels.Ids.Count == 0)
            return channels.Others ? "1 = 1" : "1 = 0";
        string ids = string.Join(", ", channels.Ids.Select(parameter));
        return channels.Others ? $"(channel IS NULL OR channel NOT IN ({ids}))" : $"channel IN ({ids})";
    }

    public ValueTask<IReadOnlyList<Work>> OfferedAsync(int limit, CancellationToken cancellationToken) =>
        sql.AllAsync<Work>(
            "SELECT json FROM work WHERE offered_at IS NOT NULL ORDER BY offered_at LIMIT $1",
            [(long)limit],
            cancellationToken
        );

    public ValueTask<IReadOnlyList<Work>> OfferedToAsync(string agent, int limit, CancellationToken cancellationToken) =>
        sql.AllAsync<Work>(
            "SELECT json FROM work WHERE assignee = $1 AND active = 1 AND offered_at IS NOT NULL ORDER BY offered_at LIMIT $2",
            [agent, (long)limit],
            cancellationToken
        );

    public ValueTask<IReadOnlyList<QueueBacklog>> BacklogsAsync(CancellationToken cancellationToken) =>
        sql.ReadAsync(
            "SELECT queue, count(*), min(waiting_since) FROM work WHERE waiting_since IS NOT NULL GROUP BY queue ORDER BY queue",
            [],
            static row => new QueueBacklog(row.Text(0), row.Int64(1), new Instant(row.Int64(2))),
            cancellationToken
        );

    public ValueTask<IReadOnlyList<AgentLoad>> LoadsAsync(IReadOnlyList<string> agents, CancellationToken cancellationToken) =>
        new Select("", "work", Order.ById)
            .In("assignee", agents)
            .Where("active = 1")
            .CountAsync(
                sql,
                "assignee, channel",
                static row => new AgentLoad(row.Text(0), row.NullableText(1), row.Int64(2)),
                cancellationToken
            );

    public async ValueTask<IReadOnlyList<string>> AcquaintedAsync(string customerId, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> members = await Members.OfAsync(sql, customerId, cancellationToken) ?? [];
        return
        [
            .. await LastOfAsync("conversations", "last_message_at", members, cancellationToken),
            .. await LastOfAsync("cases", "number", members, cancellationToken),
        ];
    }

    private ValueTask<IReadOnlyList<string>> LastOfAsync(
        string table,
        string newest,
        IReadOnlyList<string> members,
        CancellationToken cancellationToken
    )
    {
        string among = string.Join(", ", members.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"${i + 1}")));
        return sql.ReadAsync(
            $"SELECT assignee FROM {table} WHERE customer_id IN ({among}) AND assignee IS NOT NULL ORDER BY {newest} DESC LIMIT 1",
            [.. members],
            static row => row.Text(0),
            cancellationToken
        );
    }
}
