using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Catalogs;

namespace OmniIoT.Storage.Postgres.Reading;

internal sealed class CatalogLogReader(ISqlReader sql) : ICatalogLog
{
    public ValueTask<IReadOnlyList<CatalogChange>> AfterAsync(long version, int limit, CancellationToken cancellationToken) =>
        sql.ReadAsync(
            "SELECT version, kind, id FROM catalog_changes WHERE version > $1 ORDER BY version LIMIT $2",
            [version, (long)limit],
            static row => new CatalogChange(
                row.Int64(0),
                row.NullableText(1) is { } kind ? EnumText<DocumentKind>.Parse(kind) : null,
                row.Text(2)
            ),
            cancellationToken
        );

    public ValueTask<long> LastAsync(CancellationToken cancellationToken) =>
        sql.NumberAsync("SELECT last FROM catalog_count", [], cancellationToken);
}
