using Npgsql;
using OmniIoT.Domain.Effects;
using OmniIoT.Postgres;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Documents that no grain owns, with optimistic concurrency.</summary>
internal sealed class DocumentWriter(CommitWork work)
{
    private const string PutSql = """
        INSERT INTO documents (kind, id, version, json, search, site_id, west, south, east, north)
        VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (kind, id) DO UPDATE SET version = documents.version + 1, json = excluded.json, search = excluded.search,
            site_id = excluded.site_id, west = excluded.west, south = excluded.south, east = excluded.east, north = excluded.north
        """;

    public void Put(PutDocument effect) =>
        work.Batch.Add(
            PutSql,
            [
                EnumText<DocumentKind>.Of(effect.Kind),
                effect.Id,
                effect.Json.ToArray(),
                .. Columns(DocumentFacets.Of(effect.Id, effect.Json)),
            ]
        );

    /// <summary>Fills in what documents of an older version of the database are searched by.</summary>
    public static void FillIn(NpgsqlConnection connection)
    {
        List<(string Kind, string Id, byte[] Json)> found = connection.Read(
            "SELECT kind, id, json FROM documents WHERE search IS NULL FOR UPDATE",
            [],
            static row => (row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2))
        );
        foreach ((string kind, string id, byte[] json) in found)
        {
            connection.Execute(
                "UPDATE documents SET search = $1, site_id = $2, west = $3, south = $4, east = $5, north = $6 WHERE kind = $7 AND id = $8",
                [.. Columns(DocumentFacets.Of(id, json)), kind, id]
            );
        }
    }

    private static object[] Columns(DocumentFacets facets) =>
        [facets.Search, facets.SiteId, facets.Box.West, facets.Box.South, facets.Box.East, facets.Box.North];

    public void Delete(DeleteDocument effect) =>
        work.Batch.Add("DELETE FROM documents WHERE kind = $1 AND id = $2", EnumText<DocumentKind>.Of(effect.Kind), effect.Id);

    /// <summary>Whether the effect's expected version, if it has one, is not the stored one; a missing document has version 0.</summary>
    public bool IsStale(Effect effect) =>
        effect switch
        {
            PutDocument { ExpectedVersion: { } expected } put => VersionOf(put.Kind, put.Id) != expected,
            DeleteDocument { ExpectedVersion: { } expected } delete => VersionOf(delete.Kind, delete.Id) != expected,
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
