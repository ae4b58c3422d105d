using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Reading;

internal sealed class DocumentReader(ReaderPool readers) : IDocumentQueries
{
    public ValueTask<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection.Prepare("SELECT json, version FROM documents WHERE kind = $1 AND id = $2")
            .Bind(EnumText<DocumentKind>.Of(kind)).Bind(id)
            .ReadFirst(row => new Document(kind, id, row.Bytes(0).ToArray(), (int)row.Int64(1)))));

    public ValueTask<Page<Document>> ListAsync(DocumentKind kind, PageRequest page, CancellationToken cancellationToken) =>
        new(new Select("id, json, version", "documents", Order.ById)
            .Equal("kind", EnumText<DocumentKind>.Of(kind))
            .Read(readers, page, row => new Document(kind, row.Text(Select.FirstColumn),
                row.Bytes(Select.FirstColumn + 1).ToArray(), (int)row.Int64(Select.FirstColumn + 2))));
}
