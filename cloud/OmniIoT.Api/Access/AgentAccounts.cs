using System.Text.Json;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>An agent as stored.</summary>
public sealed record AgentAccount(string Id, string Name, AgentRole Role, string PasswordHash);

/// <summary>The agents' accounts, documents of their own kind.</summary>
public sealed class AgentAccounts(IDocumentQueries documents, ICommitter committer)
{
    public const string FirstAgent = "admin";

    public async ValueTask<AgentAccount?> FindAsync(
        string id,
        CancellationToken cancellationToken
    ) =>
        await documents.FindAsync(DocumentKind.Agent, id, cancellationToken) is { } document
            ? Read(document)
            : null;

    public async ValueTask<Page<AgentAccount>> ListAsync(
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        Page<Document> found = await documents.ListAsync(
            DocumentKind.Agent,
            page,
            cancellationToken
        );
        return new Page<AgentAccount>([.. found.Items.Select(Read)], found.Next);
    }

    public Task PutAsync(AgentAccount account) =>
        CommitAsync(
            new PutDocument(
                DocumentKind.Agent,
                account.Id,
                JsonSerializer.SerializeToUtf8Bytes(account, OmniJson.Options)
            )
        );

    public Task DeleteAsync(string id) => CommitAsync(new DeleteDocument(DocumentKind.Agent, id));

    /// <summary>Makes the agent <see cref="FirstAgent"/> when there is none at all.</summary>
    /// <returns>Its password when it was made now, else null.</returns>
    public async Task<string?> SeedAsync(CancellationToken cancellationToken)
    {
        Page<Document> any = await documents.ListAsync(
            DocumentKind.Agent,
            new PageRequest(null, 1),
            cancellationToken
        );
        if (any.Items.Count > 0)
            return null;
        string password = SecretHasher.NewSecret()[..16];
        string hash = SecretHasher.Hash(password, SecretHasher.PasswordIterations);
        await PutAsync(new AgentAccount(FirstAgent, "Administrator", AgentRole.Admin, hash));
        return password;
    }

    private Task<CommitOutcome> CommitAsync(Effect effect) =>
        committer.CommitAsync(new CommitUnit { Effects = { effect } });

    private static AgentAccount Read(Document document) =>
        JsonSerializer.Deserialize<AgentAccount>(document.Json, OmniJson.Options)!;
}
