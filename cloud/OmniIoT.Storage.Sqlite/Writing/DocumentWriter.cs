using OmniIoT.Domain.Effects;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Documents that no grain owns, with optimistic concurrency.</summary>
internal sealed class DocumentWriter(Connection connection)
{
    private readonly Statement _version = connection.Prepare(
        "SELECT version FROM documents WHERE kind = $1 AND id = $2"
    );
    private readonly Statement _put = connection.Prepare(
        """
        INSERT INTO documents (kind, id, version, json) VALUES ($1, $2, 1, $3)
        ON CONFLICT (kind, id) DO UPDATE SET version = documents.version + 1, json = excluded.json
        """
    );
    private readonly Statement _delete = connection.Prepare(
        "DELETE FROM documents WHERE kind = $1 AND id = $2"
    );

    public void Put(PutDocument effect) =>
        _put.Bind(EnumText<DocumentKind>.Of(effect.Kind))
            .Bind(effect.Id)
            .Bind(effect.Json.Span)
            .Run();

    public void Delete(DeleteDocument effect) =>
        _delete.Bind(EnumText<DocumentKind>.Of(effect.Kind)).Bind(effect.Id).Run();

    /// <summary>Whether the effect's expected version, if it has one, is not the stored one; a missing document has version 0.</summary>
    public bool IsStale(Effect effect) =>
        effect switch
        {
            PutDocument { ExpectedVersion: { } expected } put => VersionOf(put.Kind, put.Id)
                != expected,
            DeleteDocument { ExpectedVersion: { } expected } delete => VersionOf(
                delete.Kind,
                delete.Id
            ) != expected,
            _ => false,
        };

    private long VersionOf(DocumentKind kind, string id)
    {
        _version.Bind(EnumText<DocumentKind>.Of(kind)).Bind(id);
        long version = _version.Step() ? _version.Int64(0) : 0;
        _version.Reset();
        return version;
    }
}
