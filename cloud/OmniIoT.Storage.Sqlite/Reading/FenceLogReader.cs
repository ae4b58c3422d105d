using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Catalogs;

namespace OmniIoT.Storage.Sqlite.Reading;

/// <summary>Which fences changed.</summary>
internal sealed class FenceLogReader(ISqlReader sql) : ICatalogLog
{
    public ValueTask<IReadOnlyList<CatalogChange>> AfterAsync(long version, int limit, CancellationToken cancellationToken) =>
        sql.ReadAsync(
            "SELECT version, id FROM fence_changes WHERE version > $1 ORDER BY version LIMIT $2",
            [version, (long)limit],
            static row => new CatalogChange(row.Int64(0), DocumentKind.Fence, row.Text(1)),
            cancellationToken
        );

    public ValueTask<long> LastAsync(CancellationToken cancellationToken) =>
        sql.NumberAsync("SELECT coalesce(max(version), 0) FROM fence_changes", [], cancellationToken);
}
