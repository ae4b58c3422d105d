using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Channels.Tests.Adapters;

/// <summary>A signing key that is stored as earlier versions stored it, and whatever is written instead is let go.</summary>
internal sealed class KeyOfRun : IDocumentQueries, ICommitter
{
    private static readonly byte[] Json = JsonSerializer.SerializeToUtf8Bytes(new byte[SignedToken.KeyBytes]);

    public SigningKey Key => new(this, this, new SecretSealer(new byte[SecretSealer.KeyBytes]), NullLogger<SigningKey>.Instance);

    public ValueTask<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellationToken) =>
        new(new Document(kind, id, Json, 1));

    public void Commit(CommitUnit unit, ICommitObserver observer) => observer.Ended(unit);

    public void Expect() { }

    public void Met() { }

    public ValueTask<Page<Document>> ListAsync(
        DocumentKind kind,
        PageRequest page,
        CancellationToken cancellationToken,
        DocumentFilter? filter = null
    ) => throw new NotSupportedException();

    public ValueTask<IReadOnlyDictionary<string, string>> NamesAsync(
        DocumentKind kind,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();
}
