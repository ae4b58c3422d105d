using Microsoft.Extensions.Logging;
using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;
using OmniIoT.Storage.Sqlite.Reading;
using OmniIoT.Storage.Sqlite.Searching;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Documents that no grain owns, with optimistic concurrency.</summary>
internal sealed class DocumentWriter(DatabaseConnection connection) : IDocumentWriter
{
    private const int RowsAtOnce = 2_000;

    private readonly Statement _version = connection.Prepare("SELECT version FROM documents WHERE kind = $1 AND id = $2");
    private readonly Statement _put = connection.Prepare(
        """
        INSERT INTO documents (kind, id, version, json, search, site_id, west, south, east, north)
        VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (kind, id) DO UPDATE SET version = documents.version + 1, json = excluded.json, search = excluded.search,
            site_id = excluded.site_id, west = excluded.west, south = excluded.south, east = excluded.east, north = excluded.north
        """
    );
    private readonly Statement _delete = connection.Prepare("DELETE FROM documents WHERE kind = $1 AND id = $2");

    public void Put(PutDocument effect)
    {
        _put.Bind(EnumText<DocumentKind>.Of(effect.Kind)).Bind(effect.Id).Bind(effect.Json.Span);
        Bind(_put, DocumentFacets.Of(effect.Id, effect.Json)).Run();
    }

    /// <summary>Fills in what documents of an older version of the database are searched by, some in a transaction.</summary>
    public static void FillIn(DatabaseConnection connection, ILogger logger)
    {
        long total = connection.Prepare("SELECT count(*) FROM documents WHERE search IS NULL").ReadNumber();
        long done = 0;
        for ((string Kind, string Id) last = ("", ""); done < total; )
        {
            connection.InTransactionDo(() => last = FillIn(connection, last, ref done));
            if (total > RowsAtOnce)
                Reindexing.LogProgress(logger, done, total, "documents");
        }
    }

    private static (string Kind, string Id) FillIn(DatabaseConnection connection, (string Kind, string Id) after, ref long done)
    {
        IReadOnlyList<(string Kind, string Id, byte[] Json)> found = connection
            .Prepare(
                $"SELECT kind, id, json FROM documents WHERE search IS NULL AND (kind, id) > ($1, $2) ORDER BY kind, id LIMIT {RowsAtOnce}"
            )
            .Bind(after.Kind)
            .Bind(after.Id)
            .ReadAll(row => (row.Text(0), row.Text(1), row.Bytes(2).ToArray()));
        Statement fill = connection.Prepare(
            """
            UPDATE documents SET search = $1, site_id = $2, west = $3, south = $4, east = $5, north = $6 WHERE kind = $7 AND id = $8
            """
        );
        foreach ((string kind, string id, byte[] json) in found)
            Bind(fill, DocumentFacets.Of(id, json)).Bind(kind).Bind(id).Run();
        done += found.Count;
        return (found[^1].Kind, found[^1].Id);
    }

    private static Statement Bind(Statement statement, DocumentFacets facets) =>
        statement
            .Bind(facets.Search)
            .Bind(facets.SiteId)
            .Bind(facets.Box.West)
            .Bind(facets.Box.South)
            .Bind(facets.Box.East)
            .Bind(facets.Box.North);

    public void Delete(DeleteDocument effect) => _delete.Bind(EnumText<DocumentKind>.Of(effect.Kind)).Bind(effect.Id).Run();

    /// <summary>Whether the effect's expected version, if it has one, is not the stored one; a missing document has version 0.</summary>
    public bool IsStale(Effect effect) =>
        effect switch
        {
            PutDocument { ExpectedVersion: { } expected } put => VersionOf(put.Kind, put.Id) != expected,
            DeleteDocument { ExpectedVersion: { } expected } delete => VersionOf(delete.Kind, delete.Id) != expected,
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
