using OmniIoT.Domain.Effects;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Documents that no grain owns, with optimistic concurrency.</summary>
internal sealed class DocumentWriter(CommitWork work)
{
    private const string PutSql = """
        INSERT INTO documents (kind, id, version, json) VALUES ($1, $2, 1, $3)
        ON CONFLICT (kind, id) DO UPDATE SET version = documents.version + 1, json = excluded.json
        """;

    public void Put(PutDocument effect) =>
        work.Batch.Add(
            PutSql,
            EnumText<DocumentKind>.Of(effect.Kind),
            effect.Id,
            effect.Json.ToArray()
        );

    public void Delete(DeleteDocument effect) =>
        work.Batch.Add(
            "DELETE FROM documents WHERE kind = $1 AND id = $2",
            EnumText<DocumentKind>.Of(effect.Kind),
            effect.Id
        );

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

    private long VersionOf(DocumentKind kind, string id) =>
        work.Read(
                "SELECT version FROM documents WHERE kind = $1 AND id = $2",
                [EnumText<DocumentKind>.Of(kind), id],
                static row => row.GetInt64(0)
            )
            .FirstOrDefault();
}
