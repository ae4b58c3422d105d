using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

internal sealed class DocumentReader(ISqlReader sql) : IDocumentQueries
{
    public ValueTask<Document?> FindAsync(
        DocumentKind kind,
        string id,
        CancellationToken cancellationToken
    ) =>
        sql.FirstAsync(
            "SELECT json, version FROM documents WHERE kind = $1 AND id = $2",
            [EnumText<DocumentKind>.Of(kind), id],
            row => new Document(kind, id, row.Bytes(0).ToArray(), (int)row.Int64(1)),
            cancellationToken
        );

    public ValueTask<Page<Document>> ListAsync(
        DocumentKind kind,
        PageRequest page,
        CancellationToken cancellationToken
    ) =>
        new Select("id, json, version", "documents", Order.ById)
            .Equal("kind", EnumText<DocumentKind>.Of(kind))
            .ReadAsync(
                sql,
                page,
                row => new Document(
                    kind,
                    row.Text(Select.FirstColumn),
                    row.Bytes(Select.FirstColumn + 1).ToArray(),
                    (int)row.Int64(Select.FirstColumn + 2)
                ),
                cancellationToken
            );
}
