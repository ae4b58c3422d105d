using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Search;
using OmniIoT.Ports.Queries;
using OmniIoT.Sql.Searching;

namespace OmniIoT.Sql.Reading;

internal sealed class DocumentReader(ISqlReader sql, ITextIndex text) : IDocumentQueries
{
    public ValueTask<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            "SELECT json, version FROM documents WHERE kind = $1 AND id = $2",
            [EnumText<DocumentKind>.Of(kind), id],
            row => new Document(kind, id, row.Bytes(0).ToArray(), (int)row.Int64(1)),
            cancellationToken
        );

    public ValueTask<Page<Document>> ListAsync(
        DocumentKind kind,
        PageRequest page,
        CancellationToken cancellationToken,
        DocumentFilter? filter = null
    )
    {
        Order order = filter?.IsDescending is true ? Order.ByIdDescending : Order.ById;
        Select select = new Select("id, json, version", "documents", order)
            .Equal("kind", EnumText<DocumentKind>.Of(kind))
            .Equal("site_id", filter?.SiteId)
            .In("id", filter?.Ids)
            .In("site_id", filter?.Sites);
        foreach (IReadOnlyList<string> ways in SearchQuery.Of(filter?.Text).Words)
            select.Where(text.Says(select, "search", ways));
        if (filter?.Area is { } area)
            Within(select, area);
        return select.ReadAsync(
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

    public ValueTask<IReadOnlyDictionary<string, string>> NamesAsync(
        DocumentKind kind,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    ) =>
        Names.OfAsync(
            sql,
            $"SELECT id, json FROM documents WHERE kind = '{EnumText<DocumentKind>.Of(kind)}' AND id",
            ids,
            static row => DocumentFacets.NameOf(row.Bytes(1)),
            cancellationToken
        );

    private static void Within(Select select, Area area)
    {
        DocumentBox view = DocumentBox.Of(area);
        select.Where($"south <= {select.Parameter(view.North)}").Where($"north >= {select.Parameter(view.South)}");
        string west = $"west <= {select.Parameter(view.East)}",
            east = $"east >= {select.Parameter(view.West)}";
        select.Where(view.West > view.East ? $"({west} OR {east})" : $"{west} AND {east}");
    }
}
