using System.Text;
using System.Text.Json;
using OmniIoT.Domain.Audit;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

internal sealed class AuditReader(ISqlReader sql) : IAuditQueries, IAuditTrail
{
    public ValueTask<Page<AuditEntry>> ListAsync(AuditFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        Select select = new Select(AuditRows.Columns, "audit", Order.NewestFirst("at"))
            .In("actor", filter.Actors)
            .In("subject", filter.Subjects)
            .In("action", filter.Actions);
        if (filter.From is { } from)
            select.Where($"at >= {select.Parameter(from.UnixMilliseconds)}");
        if (filter.To is { } to)
            select.Where($"at < {select.Parameter(to.UnixMilliseconds)}");
        return select.ReadAsync(sql, page, static row => EntryOf(AuditRows.Read(row, Select.FirstColumn)), cancellationToken);
    }

    public async ValueTask<ChainHead> HeadAsync(CancellationToken cancellationToken) =>
        await sql.FirstAsync(AuditRows.Head, [], static row => new ChainHead(row.Int64(0), row.Bytes(1).ToArray()), cancellationToken)
        ?? ChainHead.Start;

    public ValueTask<IReadOnlyList<ChainLink>> AfterAsync(long sequence, int limit, CancellationToken cancellationToken) =>
        sql.ReadAsync(
            $"SELECT {AuditRows.Columns} FROM audit WHERE sequence > $1 ORDER BY sequence LIMIT $2",
            [sequence, (long)limit],
            static row => AuditRows.Read(row),
            cancellationToken
        );

    private static AuditEntry EntryOf(ChainLink link) =>
        new()
        {
            Id = link.Id,
            At = link.At,
            Actor = link.Actor,
            Address = link.Address.Value is { } address ? Encoding.UTF8.GetString(address.Span) : null,
            Action = link.Action,
            Subject = link.Subject,
            Outcome = link.Outcome,
            Before = JsonOf(link.Before),
            After = JsonOf(link.After),
            Hash = Convert.ToHexStringLower(link.Hash),
            Previous = Convert.ToHexStringLower(link.Previous),
        };

    private static JsonElement? JsonOf(ChainValue value) =>
        value.Value is { } json ? JsonSerializer.Deserialize<JsonElement>(json.Span) : null;
}
