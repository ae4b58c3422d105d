using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>An agent as stored.</summary>
public sealed record AgentAccount(string Id, string Name, string Role, string PasswordHash)
{
    public AgentAbilities Abilities { get; init; } = new();

    /// <summary>Who they are at a provider that signs them in: issuer and subject; null: nobody.</summary>
    public string? External { get; init; }
}

/// <summary>What work an agent can be given.</summary>
/// <param name="Languages">BCP 47.</param>
public sealed record AgentAbilities(
    IReadOnlyList<string>? Skills = null,
    IReadOnlyList<string>? Queues = null,
    IReadOnlyList<string>? Languages = null,
    AgentCapacity? Capacity = null
);

/// <summary>The agents' accounts. There is always an administrator: the last one neither goes nor gets another role.</summary>
public sealed class AgentAccounts(AccessDocuments documents)
{
    public const string FirstAgent = "admin";

    /// <summary>Is written with each change that could leave nobody, so that of two at once one finds the other's done.</summary>
    private const string GuardId = "administrators";

    public ValueTask<AgentAccount?> FindAsync(string id, CancellationToken cancellationToken) =>
        documents.FindAsync<AgentAccount>(DocumentKind.Agent, id, cancellationToken);

    /// <exception cref="ProblemException">There is none.</exception>
    public async ValueTask<AgentAccount> RequireAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(Query.Id(id), cancellationToken) ?? throw new ProblemException(Problem.NotFound("agent", id));

    public ValueTask<Page<AgentAccount>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        documents.ListAsync<AgentAccount>(DocumentKind.Agent, page, cancellationToken);

    public ValueTask<IReadOnlyList<AgentAccount>> AllAsync(CancellationToken cancellationToken) =>
        documents.AllAsync<AgentAccount>(DocumentKind.Agent, cancellationToken);

    /// <param name="also">What becomes true with it.</param>
    /// <returns>False: it would have left no administrator, and was not made.</returns>
    public Task<bool> PutAsync(AgentAccount account, CancellationToken cancellationToken, params Effect[] also) =>
        ChangeAsync(account.Id, account.Role == Role.Admin, [Put(account, expectedVersion: null), .. also], cancellationToken);

    /// <summary>Changes an account in nothing that its rights depend on.</summary>
    /// <returns>False: somebody changed it, or what is to become true with it, meanwhile.</returns>
    public async Task<bool> RenewAsync(AgentAccount before, AgentAccount after, Effect also, CancellationToken cancellationToken)
    {
        (AgentAccount? stored, int version) = await documents.ReadAsync<AgentAccount>(DocumentKind.Agent, before.Id, cancellationToken);
        return stored?.PasswordHash == before.PasswordHash
            && await documents.CommitAsync(Put(stored with { PasswordHash = after.PasswordHash }, version), also);
    }

    /// <inheritdoc cref="PutAsync"/>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken, params Effect[] also) =>
        ChangeAsync(id, staysAdmin: false, [new DeleteDocument(DocumentKind.Agent, id), .. also], cancellationToken);

    /// <summary>Makes the agent <see cref="FirstAgent"/> when there is none at all.</summary>
    /// <returns>Its password when it was made now, else null.</returns>
    public async Task<string?> SeedAsync(CancellationToken cancellationToken)
    {
        if ((await ListAsync(new PageRequest(null, 1), cancellationToken)).Items.Count > 0)
            return null;
        string password = SecretHasher.NewSecret()[..16];
        string hash = SecretHasher.Hash(password, SecretHasher.PasswordIterations);
        // Another process may have been first: then its password is the one.
        AgentAccount first = new(FirstAgent, "Administrator", Role.Admin, hash);
        return await documents.CommitAsync(Put(first, expectedVersion: 0)) ? password : null;
    }

    private async Task<bool> ChangeAsync(
        string id,
        bool staysAdmin,
        IReadOnlyCollection<Effect> effects,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            (object? _, int guard) = await documents.ReadAsync<object>(DocumentKind.Setting, GuardId, cancellationToken);
            (AgentAccount? before, int _) = await documents.ReadAsync<AgentAccount>(DocumentKind.Agent, id, cancellationToken);
            bool isLoss = before?.Role == Role.Admin && !staysAdmin;
            if (isLoss && !(await AllAsync(cancellationToken)).Any(other => other.Role == Role.Admin && other.Id != id))
                return false;
            if (await documents.CommitAsync(isLoss ? [.. effects, AccessDocuments.Put(DocumentKind.Setting, GuardId, id, guard)] : effects))
                return true;
        }
    }

    private static PutDocument Put(AgentAccount account, int? expectedVersion) =>
        AccessDocuments.Put(DocumentKind.Agent, account.Id, account, expectedVersion);
}
