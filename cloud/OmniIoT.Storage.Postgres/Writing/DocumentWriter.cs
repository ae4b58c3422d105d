using Microsoft.Extensions.Logging;
using Npgsql;
using OmniIoT.Domain.Effects;
using OmniIoT.Postgres;
using OmniIoT.Sql.Writing;
using OmniIoT.Storage.Postgres.Searching;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Documents that no grain owns, with optimistic concurrency.</summary>
internal sealed class DocumentWriter(CommitWork work) : IDocumentWriter
{
    private const int RowsAtOnce = 2_000;

    private const string FillSql = """
        UPDATE documents SET search = filled.search, site_id = filled.site_id,
            west = filled.west, south = filled.south, east = filled.east, north = filled.north
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
            AS filled (kind, id, search, site_id, west, south, east, north)
        WHERE documents.kind = filled.kind AND documents.id = filled.id
        """;

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

    /// <summary>
    /// Fills in what documents of an older version of the database are searched by, some in a transaction. Of processes that start at once
    /// each does a part, and waits for those of the others.
    /// </summary>
    public static void FillIn(Database database, ILogger logger)
    {
        long done = 0;
        for ((string Kind, string Id)? after = ("", ""); after is { } last; )
        {
            List<Unfilled> rows = database.InTransaction(connection => FillIn(connection, last));
            done += rows.Count;
            after = rows.Count == 0 ? null : (rows[^1].Kind, rows[^1].Id);
            if (rows.Count == RowsAtOnce)
                Refolding.LogProgress(logger, done, "documents");
        }
    }

    private static List<Unfilled> FillIn(NpgsqlConnection connection, (string Kind, string Id) after)
    {
        List<Unfilled> rows = connection.Read(
            $"""
            SELECT kind, id, json FROM documents WHERE search IS NULL AND (kind, id) > ($1, $2)
            ORDER BY kind, id LIMIT {RowsAtOnce} FOR UPDATE
            """,
            [after.Kind, after.Id],
            static row => new Unfilled(
                row.GetString(0),
                row.GetString(1),
                DocumentFacets.Of(row.GetString(1), row.GetFieldValue<byte[]>(2))
            )
        );
        connection.Execute(
            FillSql,
            rows.Select(row => row.Kind).ToArray(),
            rows.Select(row => row.Id).ToArray(),
            rows.Select(row => row.Facets.Search).ToArray(),
            rows.Select(row => row.Facets.SiteId).ToArray(),
            rows.Select(row => row.Facets.Box.West).ToArray(),
            rows.Select(row => row.Facets.Box.South).ToArray(),
            rows.Select(row => row.Facets.Box.East).ToArray(),
            rows.Select(row => row.Facets.Box.North).ToArray()
        );
        return rows;
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

    private sealed record Unfilled(string Kind, string Id, DocumentFacets Facets);
}
