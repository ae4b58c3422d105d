using System.Text.Json;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>An agent as stored.</summary>
public sealed record AgentAccount(string Id, string Name, AgentRole Role, string PasswordHash)
{
    public AgentAbilities Abilities { get; init; } = new();
}

/// <summary>What work an agent can be given.</summary>
/// <param name="Languages">BCP 47.</param>
public sealed record AgentAbilities(
    IReadOnlyList<string>? Skills = null,
    IReadOnlyList<string>? Queues = null,
    IReadOnlyList<string>? Languages = null,
    AgentCapacity? Capacity = null
);

/// <summary>How many conversations and cases at once.</summary>
/// <param name="Chat">Web chat and messengers that are live.</param>
/// <param name="Voice">Calls.</param>
/// <param name="Other">Everything else.</param>
public sealed record AgentCapacity(int Chat = 3, int Voice = 1, int Other = 10);

/// <summary>The agents' accounts, documents of their own kind.</summary>
public sealed class AgentAccounts(IDocumentQueries documents, ICommitter committer)
{
    public const string FirstAgent = "admin";

    public async ValueTask<AgentAccount?> FindAsync(string id, CancellationToken cancellationToken) =>
        await documents.FindAsync(DocumentKind.Agent, id, cancellationToken) is { } document ? Read(document) : null;

    public async ValueTask<Page<AgentAccount>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        Page<Document> found = await documents.ListAsync(DocumentKind.Agent, page, cancellationToken);
        return new Page<AgentAccount>([.. found.Items.Select(Read)], found.Next);
    }

    public Task PutAsync(AgentAccount account) => CommitAsync(Put(account, expectedVersion: null));

    public Task DeleteAsync(string id) => CommitAsync(new DeleteDocument(DocumentKind.Agent, id));

    /// <summary>Makes the agent <see cref="FirstAgent"/> when there is none at all.</summary>
    /// <returns>Its password when it was made now, else null.</returns>
    public async Task<string?> SeedAsync(CancellationToken cancellationToken)
    {
        Page<Document> any = await documents.ListAsync(DocumentKind.Agent, new PageRequest(null, 1), cancellationToken);
        if (any.Items.Count > 0)
            return null;
        string password = SecretHasher.NewSecret()[..16];
        string hash = SecretHasher.Hash(password, SecretHasher.PasswordIterations);
        // Another process may have been first: then its password is the one.
        CommitOutcome outcome = await CommitAsync(
            Put(new AgentAccount(FirstAgent, "Administrator", AgentRole.Admin, hash), expectedVersion: 0)
        );
        return outcome is CommitOutcome.Committed ? password : null;
    }

    private static PutDocument Put(AgentAccount account, int? expectedVersion) =>
        new(DocumentKind.Agent, account.Id, JsonSerializer.SerializeToUtf8Bytes(account, OmniJson.Options), expectedVersion);

    private Task<CommitOutcome> CommitAsync(Effect effect) => committer.CommitAsync(new CommitUnit { Effects = { effect } });

    private static AgentAccount Read(Document document) => JsonSerializer.Deserialize<AgentAccount>(document.Json, OmniJson.Options)!;
}
