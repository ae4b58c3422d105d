using OmniIoT.Domain.Effects;

namespace OmniIoT.Ports.Queries;

/// <summary>A stored document and its version, which is its entity tag.</summary>
public sealed record Document(DocumentKind Kind, string Id, byte[] Json, int Version);

public interface IDocumentQueries
{
    ValueTask<Document?> FindAsync(
        DocumentKind kind,
        string id,
        CancellationToken cancellationToken
    );

    /// <summary>By id.</summary>
    ValueTask<Page<Document>> ListAsync(
        DocumentKind kind,
        PageRequest page,
        CancellationToken cancellationToken
    );
}
