using OmniIoT.Domain.Effects;

namespace OmniIoT.Ports.Catalogs;

/// <summary>Which documents and merges changed, by whatever process; its numbers rise in the order of the commits.</summary>
public interface ICatalogLog
{
    /// <summary>Changes after <paramref name="version"/>, oldest first.</summary>
    ValueTask<IReadOnlyList<CatalogChange>> AfterAsync(long version, int limit, CancellationToken cancellationToken);

    /// <summary>The newest number; 0 when there is none.</summary>
    ValueTask<long> LastAsync(CancellationToken cancellationToken);
}

/// <summary>Is told of every document that another process put or deleted.</summary>
public interface IDocumentWatcher
{
    void Changed(DocumentKind kind, string id);
}

/// <summary>A document was put or deleted, or, with null, customers were merged or unmerged.</summary>
public sealed record CatalogChange(long Version, DocumentKind? Kind, string Id);
