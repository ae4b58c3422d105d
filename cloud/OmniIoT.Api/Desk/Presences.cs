using System.Text.Json;
using OmniIoT.Api.Access;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Figures;
using OmniIoT.Ports;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Desk;

/// <summary>
/// Which agents are there, as stored: known to every process, and kept over a restart. With each change what they were there is counted.
/// </summary>
internal sealed class Presences(
    IDocumentQueries documents,
    ICommitter committer,
    AgentAccounts accounts,
    ICatalog catalog,
    TimeProvider time
)
{
    /// <summary>Of several at once who write one presence each wins in the end; more than a few never meet.</summary>
    private const int Tries = 5;

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

    /// <summary>Writes what somebody said, whatever is stored.</summary>
    public async Task SayAsync(AgentPresence presence, CancellationToken cancellationToken)
    {
        for (int left = Tries; left > 0; left--)
        {
            StoredPresence? stored = await FindAsync(presence.AgentId, cancellationToken);
            if (await PutAsync(presence, stored ?? new StoredPresence(presence, 0)))
                return;
        }
        throw new InvalidOperationException($"The presence of '{presence.AgentId}' was written by others {Tries} times meanwhile.");
    }

    /// <param name="stored">What it rests on.</param>
    /// <returns>False: it was another meanwhile, and nothing was written.</returns>
    public async Task<bool> PutAsync(AgentPresence presence, StoredPresence stored)
    {
        Instant now = time.Now();
        CommitUnit unit = new()
        {
            Effects = { AccessDocuments.Put(DocumentKind.Presence, presence.AgentId, presence with { CountedTo = now }, stored.Version) },
        };
        TimeSpan worked = stored.Version == 0 ? TimeSpan.Zero : stored.Value.Uncounted(now);
        if (worked > TimeSpan.Zero)
            unit.Effects.AddRange((await SubjectsAsync(presence.AgentId)).Select(of => Worked(of, worked, now)));
        return await committer.CommitAsync(unit) is CommitOutcome.Committed;
    }

    /// <summary>The agent, and as parts of the same time their queues and the channels that lead there.</summary>
    private async ValueTask<IEnumerable<FigureSubject>> SubjectsAsync(string agentId)
    {
        AgentAccount? account = await accounts.FindAsync(agentId, CancellationToken.None);
        IReadOnlyList<string> queues = account?.Abilities.Queues ?? [];
        return
        [
            new FigureSubject { Agent = agentId },
            .. queues.Select(static queue => new FigureSubject { Queue = queue, IsPart = true }),
            .. catalog
                .Channels.Values.Where(channel => channel.Queue is { } queue && queues.Contains(queue))
                .Select(static channel => new FigureSubject { Channel = channel.Id, IsPart = true }),
        ];
    }

    private static CountFigure Worked(FigureSubject of, TimeSpan worked, Instant now) =>
        new(Measures.Worked, of, now) { Times = 1, Sum = (long)worked.TotalSeconds };

    private static StoredPresence Read(Document document) =>
        new(JsonSerializer.Deserialize<AgentPresence>(document.Json, OmniJson.Options)!, document.Version);
}

/// <param name="Version">Of the document.</param>
internal sealed record StoredPresence(AgentPresence Value, int Version);
