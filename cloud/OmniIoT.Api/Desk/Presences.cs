using System.Text.Json;
using OmniIoT.Api.Access;
using OmniIoT.Domain;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Desk;

/// <summary>Which agents are there, as stored: known to every process, and kept over a restart.</summary>
internal sealed class Presences(IDocumentQueries documents, ICommitter committer)
{
    /// <summary>Of everybody who ever said something.</summary>
    public async ValueTask<IReadOnlyList<StoredPresence>> AllAsync(CancellationToken cancellationToken)
    {
        List<StoredPresence> all = [];
        string? cursor = null;
        do
        {
            Page<Document> page = await documents.ListAsync(
                DocumentKind.Presence,
                new PageRequest(cursor, PageRequest.MaximumLimit),
                cancellationToken
            );
            all.AddRange(page.Items.Select(Read));
            cursor = page.Next;
        } while (cursor is not null);
        return all;
    }

    /// <summary>Null when they never said.</summary>
    public async ValueTask<StoredPresence?> FindAsync(string agentId, CancellationToken cancellationToken) =>
        await documents.FindAsync(DocumentKind.Presence, agentId, cancellationToken) is { } stored ? Read(stored) : null;

    /// <param name="expectedVersion">Null: whatever is stored.</param>
    /// <returns>False: it was another meanwhile, and nothing was written.</returns>
    public async Task<bool> PutAsync(AgentPresence presence, int? expectedVersion = null)
    {
        CommitUnit unit = new() { Effects = { AccessDocuments.Put(DocumentKind.Presence, presence.AgentId, presence, expectedVersion) } };
        return await committer.CommitAsync(unit) is CommitOutcome.Committed;
    }

    private static StoredPresence Read(Document document) =>
        new(JsonSerializer.Deserialize<AgentPresence>(document.Json, OmniJson.Options)!, document.Version);
}

/// <param name="Version">Of the document.</param>
internal sealed record StoredPresence(AgentPresence Value, int Version);
